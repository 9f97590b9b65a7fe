import { summariseNumbers, withThresholds } from '@chorus/drift';
import type { NumberReference } from '@chorus/registry';
import { columnOf, type Table } from './table.ts';

/** Answers about rows that a model was not trained on. */
export interface Answers {
  /** The name of the output. */
  readonly name: string;
  readonly values: Float64Array;
}

/** What drift is measured against later, as in a manifest's record of the training. */
export interface References {
  readonly reference: readonly NumberReference[];
  readonly outputReference: readonly NumberReference[];
}

/** Returns the values of a column in several tables, one after the other. */
function columnIn(tables: readonly Table[], column: number): Float64Array {
  const parts = tables.map((table) => columnOf(table, column));
  const all = new Float64Array(parts.reduce((rows, { length }) => rows + length, 0));
  let first = 0;
  for (const part of parts) {
    all.set(part, first);
    first += part.length;
  }
  return all;
}

/**
 * Summarises each feature of all rows, and the answers about the held-out ones: about rows that it was trained on a model
 * answers otherwise, but as a sample of what it will be asked the ones are as good as the others, and the more rows there are the
 * smaller a drift is told. Without held-out rows there is no reference of the output.
 *
 * @param tables - the rows that it was trained on, and those that were held out
 */
export function referencesOf(
  tables: readonly [Table, ...Table[]],
  { name, values }: Answers,
): References {
  const features = tables[0].columns.map((column, index) =>
    summariseNumbers(column, columnIn(tables, index)),
  );
  const outputs = values.length === 0 ? [] : [summariseNumbers(name, values)];
  const among = features.length + outputs.length;
  return {
    reference: withThresholds(features, among),
    outputReference: withThresholds(outputs, among),
  };
}
