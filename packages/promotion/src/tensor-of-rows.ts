import type { Datatype, Tensor, TensorSpec } from '@chorus/protocol';

/** Rows as a tensor `[rows, columns]`; whole numbers where the datatype has no others. */
export function tensorOfRows(
  { name, datatype }: TensorSpec,
  rows: readonly (readonly number[])[],
): Tensor {
  const data = rows.flat().map((value) => elementOf(datatype, value));
  return { name, datatype, shape: [rows.length, rows[0]?.length ?? 0], data };
}

/** A number as an element of a tensor; a text is empty, since no number is one. */
export function elementOf(datatype: Datatype, value: number): number | boolean | string {
  if (datatype === 'BYTES') return '';
  if (datatype === 'BOOL') return value > 0.5;
  return datatype.startsWith('FP') ? value : Math.round(value);
}
