/** A row's cells as the file has them, in the order of the rules: `null` or `undefined` where there is none. */
export type RawRow = readonly unknown[];

/** A row that has no cells to look at. */
export interface BadRow {
  readonly message: string;
  readonly value: string;
}

/** Rows of a file as they come, in pieces of bounded size. */
export type RawRows = AsyncGenerator<readonly (RawRow | BadRow)[]>;
