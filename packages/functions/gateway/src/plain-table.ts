/** Rows of named features, as people write them, and the tensors that a model takes. */

import { InvalidRequestError, type ModelSchema, showNames, showValue } from '@chorus/protocol';

/** The features of a row, in the order in which they become elements. */
export interface Table {
  readonly names: readonly string[];
  /** Whether all are the columns of one input; else each is an input of its own. */
  readonly isOneInput: boolean;
}

/** Returns the table that a model takes; undefined when its inputs are no table. */
export function tableOf({ inputs }: ModelSchema): Table | undefined {
  const [first] = inputs;
  const isOneInput = inputs.length === 1 && first?.shape.length === 2 && first.shape[0] === -1;
  if (isOneInput && first.columns !== undefined) {
    return { names: first.columns.map(({ name }) => name), isOneInput };
  }
  const areFeatures = inputs.every(
    ({ shape }) =>
      shape[0] === -1 && (shape.length === 1 || (shape.length === 2 && shape[1] === 1)),
  );
  return areFeatures ? { names: inputs.map(({ name }) => name), isOneInput: false } : undefined;
}

/**
 * Returns the elements of each input, row-major. Rows are objects with exactly the table's features, or arrays in their
 * order.
 *
 * @param isBatch whether messages say which of the `instances` they are about.
 * @throws InvalidRequestError naming the row, and the features that are missing or unknown.
 */
export function elementsOf(
  { names, isOneInput }: Table,
  rows: readonly unknown[],
  isBatch: boolean,
): readonly (readonly unknown[])[] {
  const elements: unknown[][] = isOneInput ? [[]] : names.map(() => []);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    const values = valuesOf(row, names);
    if (values === undefined) {
      throw new InvalidRequestError(
        `${isBatch ? `instances[${index}]: ` : ''}${fault(row, names)}`,
      );
    }
    for (let feature = 0; feature < names.length; feature += 1) {
      elements[isOneInput ? 0 : feature]?.push(values[feature]);
    }
  }
  return elements;
}

/** The values of a row in the order of the features; undefined when it has others. */
function valuesOf(row: unknown, names: readonly string[]): readonly unknown[] | undefined {
  if (Array.isArray(row)) {
    return row.length === names.length ? row : undefined;
  }
  if (!isObject(row)) {
    return undefined;
  }
  const values: unknown[] = [];
  for (const name of names) {
    if (!Object.hasOwn(row, name)) {
      return undefined;
    }
    values.push(row[name]);
  }
  return Object.keys(row).length === names.length ? values : undefined;
}

/** What is wrong with a row that has no values. */
function fault(row: unknown, names: readonly string[]): string {
  if (Array.isArray(row)) {
    return `expected ${names.length} values (${showNames(names)}), got ${row.length}`;
  }
  if (!isObject(row)) {
    return `expected an object of the features ${showNames(names)}, got ${showValue(row)}`;
  }
  return differences(Object.keys(row), names, 'feature');
}

/** Names that are missing and names that are unknown, with all that there are. */
export function differences(
  sent: readonly string[],
  known: readonly string[],
  what: string,
): string {
  const missing = known.filter((name) => !sent.includes(name));
  const unknown = sent.filter((name) => !known.includes(name)).map((name) => name.slice(0, 40));
  const faults = [
    ...(missing.length === 0 ? [] : [`missing ${what} ${showNames(missing)}`]),
    ...(unknown.length === 0 ? [] : [`unknown ${what} ${showNames(unknown.slice(0, 10))}`]),
  ];
  const there = unknown.length === 0 ? '' : `; there is ${showNames(known)}`;
  return `${faults.join('; ')}${there}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
