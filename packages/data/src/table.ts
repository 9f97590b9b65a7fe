/** Rows of named numeric features, and the number to be predicted from each. */
export interface Table {
  readonly columns: readonly string[];
  /** Row-major, `rows * columns.length` values. */
  readonly features: Float64Array;
  /** One per row; its length is the number of rows. */
  readonly target: Float64Array;
}
