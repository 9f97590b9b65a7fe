/** One of JSONata's functions, for the numbers of arguments that it is given here. */
export interface DirectFunction {
  readonly arities: readonly number[] | 'any';
  readonly apply: (...args: readonly unknown[]) => unknown;
}

/** Returns an array as it is, and any other value as an array of one. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A function of one value, which gives nothing for nothing. */
export function of(apply: (value: unknown) => unknown): DirectFunction {
  return { arities: [1], apply: (value) => (value === undefined ? undefined : apply(value)) };
}
