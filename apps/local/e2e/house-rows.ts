import { house } from './test-cloud.ts';

/** The columns of a CSV of houses. */
export const columns: readonly string[] = Object.keys(house);

/** A row of a CSV, with other values in some columns. */
export const rowOf = (values: Readonly<Record<string, unknown>> = {}): string =>
  Object.values({ ...house, ...values }).join(',');

/** Rows that differ in one column. */
export const many = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => rowOf({ RM: 4 + index / count }));
