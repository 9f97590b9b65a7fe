import { isLeaf, isObject, type Leaf } from './json.ts';

/** A value of an event, and the element of each array that it lies in. */
export interface EventLeaf {
  readonly value: Leaf;
  /** An array's number in the event -> which element of it. */
  readonly elements: ReadonlyMap<number, number>;
}

/** By path, whose names are joined by dots, as Event Ruler joins them. */
export type FlatEvent = ReadonlyMap<string, readonly EventLeaf[]>;

/** Returns the leaves of an event. Elements of an array count as values of its field. */
export function flattenEvent(event: unknown): FlatEvent {
  const leaves = new Map<string, EventLeaf[]>();
  let arrays = 0;

  function visit(value: unknown, path: string, elements: ReadonlyMap<number, number>): void {
    if (isLeaf(value)) {
      const there = leaves.get(path);
      if (there === undefined) leaves.set(path, [{ value, elements }]);
      else there.push({ value, elements });
    } else if (Array.isArray(value)) {
      const array = arrays;
      arrays += 1;
      value.forEach((each, index) => {
        visit(each, path, new Map(elements).set(array, index));
      });
    } else if (isObject(value))
      for (const [name, each] of Object.entries(value))
        visit(each, path === '' ? name : `${path}.${name}`, elements);
  }

  visit(event, '', new Map());
  return leaves;
}
