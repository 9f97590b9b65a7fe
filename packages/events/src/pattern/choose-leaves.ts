import type { EventLeaf } from './flatten-event.ts';

type Elements = EventLeaf['elements'];

/** Whether two leaves are in the same element of each array that holds both. */
function isTogether(one: Elements, other: Elements): boolean {
  return one.entries().every(([array, element]) => (other.get(array) ?? element) === element);
}

/** Returns where leaves are, each place once. */
function places(leaves: readonly EventLeaf[]): readonly Elements[] {
  const known = new Map(leaves.map(({ elements }) => [JSON.stringify([...elements]), elements]));
  return [...known.values()];
}

/** Returns groups of fields, of which no two have to do with the same array: each can be looked at by itself. */
function groupsOf(fields: readonly (readonly Elements[])[]): readonly (readonly Elements[])[][] {
  let groups: { readonly arrays: Set<number>; readonly fields: (readonly Elements[])[] }[] = [];
  for (const field of fields) {
    const arrays = new Set(field.flatMap((elements) => [...elements.keys()]));
    const touching = groups.filter((group) => [...arrays].some((array) => group.arrays.has(array)));
    const merged = {
      arrays: new Set([...arrays, ...touching.flatMap((group) => [...group.arrays])]),
      fields: [field, ...touching.flatMap((group) => group.fields)],
    };
    groups = [...groups.filter((group) => !touching.includes(group)), merged];
  }
  return groups.map((group) => group.fields.toSorted((a, b) => a.length - b.length));
}

function canBeTogether(
  fields: readonly (readonly Elements[])[],
  chosen: readonly Elements[],
): boolean {
  const [next, ...others] = fields;
  if (next === undefined) return true;
  return next.some(
    (elements) =>
      chosen.every((each) => isTogether(elements, each)) &&
      canBeTogether(others, [...chosen, elements]),
  );
}

/**
 * Whether one leaf can be chosen of each field so that no two are in different elements of one array.
 *
 * @param choices the leaves of each field that it may be
 */
export function canBeChosen(choices: readonly (readonly EventLeaf[])[]): boolean {
  const fields = choices.map(places);
  if (fields.some((field) => field.length === 0)) return false;
  // A leaf outside of every array goes with any other.
  const bound = fields.filter((field) => field.every((elements) => elements.size > 0));
  return groupsOf(bound).every((group) => canBeTogether(group, []));
}
