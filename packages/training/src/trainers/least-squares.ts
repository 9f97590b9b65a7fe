/** Solution of a least-squares problem. */
export interface LeastSquares {
  /** One per column. */
  readonly coefficients: Float64Array;
  /** Columns that are independent within rounding. */
  readonly rank: number;
}

/**
 * A column with less than this share of the longest left over depends on the others: far above
 * rounding, far below meaning.
 */
const dependence = 1e-12;

/**
 * Returns the `x` of smallest length that minimises |A x - b|, by a complete orthogonal decomposition: Householder QR
 * with column pivoting, then a second QR of the transposed triangle (Golub & Van Loan, Matrix Computations, 4th ed.,
 * 5.1, 5.4.2 and 5.5.2). Works for any shape and rank: columns that say the same share the coefficient, columns of
 * zeros get none.
 *
 * @param columns - the columns of A, each `[rows]`; about the same length each, for the rank to
 * mean something
 * @param right - b, `[rows]`
 */
export function leastSquares(columns: readonly Float64Array[], right: Float64Array): LeastSquares {
  const work = columns.map((column) => column.slice());
  const order = columns.map((_, column) => column);
  const b = right.slice();
  const tolerance = dependence * largest(work);

  // A P = Q [R1 R2], b := Q' b. A pivoted column's entries above its diagonal stay in `work` as R.
  let rank = 0;
  while (rank < Math.min(columns.length, right.length)) {
    const lengths = work.map((column, index) => (index < rank ? -1 : norm(column, rank)));
    const longest = Math.max(...lengths);
    if (longest <= tolerance) break;
    const pivot = lengths.indexOf(longest);
    swap(work, rank, pivot);
    swap(order, rank, pivot);
    const reflector = reflectorOf(work[rank] ?? new Float64Array(), rank);
    for (const column of work.slice(rank)) reflect(reflector, column, rank);
    reflect(reflector, b, rank);
    rank++;
  }

  // [R1 R2]' = Z S with S upper triangular, so x = P Z (S')^-1 b.
  const rows = Array.from({ length: rank }, (_, row) =>
    Float64Array.from(work, (column, index) => (index < row ? 0 : (column[row] ?? Number.NaN))),
  );
  const reflectors = rows.map((row, index) => {
    const reflector = reflectorOf(row, index);
    for (const other of rows.slice(index)) reflect(reflector, other, index);
    return reflector;
  });
  const x = new Float64Array(columns.length);
  rows.forEach((row, index) => {
    x[index] = ((b[index] ?? Number.NaN) - dot(row, x, 0, index)) / (row[index] ?? Number.NaN);
  });
  reflectors.toReversed().forEach((reflector, back) => {
    reflect(reflector, x, rank - 1 - back);
  });

  const coefficients = new Float64Array(columns.length);
  order.forEach((column, position) => {
    coefficients[column] = x[position] ?? Number.NaN;
  });
  return { coefficients, rank };
}

/**
 * Returns the triangle R of a matrix in pieces: A' A = R' R, so that R answers for A in a least-squares problem. It is
 * found by Householder QR of the triangle so far on top of some rows at a time (Golub & Van Loan, 5.2.3, and Demmel et
 * al. 2012, Communication-optimal QR), as exact as QR of the whole and in memory for a few rows.
 *
 * @param width - columns of A
 */
export function growingTriangle(width: number): {
  /** Adds rows, given as columns of the same length. */
  add(columns: readonly Float64Array[]): void;
  /** Columns of R, each `[width]`. */
  columns(): Float64Array[];
} {
  let triangle = Array.from({ length: width }, () => new Float64Array(width));
  return {
    add: (columns) => {
      const work = triangle.map((top, index) => {
        const below = columns[index] ?? new Float64Array();
        const column = new Float64Array(width + below.length);
        column.set(top);
        column.set(below, width);
        return column;
      });
      work.forEach((column, index) => {
        if (norm(column, index) === 0) return;
        const reflector = reflectorOf(column, index);
        for (const other of work.slice(index)) reflect(reflector, other, index);
        column.fill(0, index + 1);
      });
      triangle = work.map((column) => column.slice(0, width));
    },
    columns: () => triangle,
  };
}

/** Returns the `v` of H = I - v v' that turns `column[from..]` into a multiple of the first unit vector. */
function reflectorOf(column: Float64Array, from: number): Float64Array {
  const v = column.slice();
  const first = v[from] ?? Number.NaN;
  // Away from zero, so that nothing cancels.
  v[from] = first + (first < 0 ? -norm(column, from) : norm(column, from));
  const scale = Math.SQRT2 / norm(v, from);
  return v.map((value, index) => (index < from ? 0 : value * scale));
}

/** Applies H = I - v v' in place. */
function reflect(v: Float64Array, x: Float64Array, from: number): void {
  const product = dot(v, x, from, v.length);
  for (let i = from; i < v.length; i++) {
    x[i] = (x[i] ?? Number.NaN) - product * (v[i] ?? Number.NaN);
  }
}

function dot(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
  return sum;
}

const norm = (a: Float64Array, from: number) => Math.sqrt(dot(a, a, from, a.length));

const largest = (columns: readonly Float64Array[]) =>
  Math.max(...columns.map((column) => norm(column, 0)));

function swap<T>(values: T[], a: number, b: number): void {
  values.splice(a, 1, ...values.splice(b, 1, ...values.slice(a, a + 1)));
}
