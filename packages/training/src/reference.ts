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

/**
 * Summarises each feature of the training rows, and the answers about the held-out ones: about rows that it was
 * trained on a model answers otherwise. Without held-out rows there is no reference of the output.
 */
export function referencesOf(table: Table, { name, values }: Answers): References {
  const features = table.columns.map((column, index) =>
    summariseNumbers(column, columnOf(table, index)),
  );
  const outputs = values.length === 0 ? [] : [summariseNumbers(name, values)];
  const among = features.length + outputs.length;
  return {
    reference: withThresholds(features, among),
    outputReference: withThresholds(outputs, among),
  };
}
