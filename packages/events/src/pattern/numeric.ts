import { InvalidPatternError } from '../errors.ts';

type Compare = (value: number) => boolean;

const comparisons: Readonly<Record<string, (bound: number) => Compare>> = {
  '=': (bound) => (value) => value === bound,
  '<': (bound) => (value) => value < bound,
  '<=': (bound) => (value) => value <= bound,
  '>': (bound) => (value) => value > bound,
  '>=': (bound) => (value) => value >= bound,
};

/** EventBridge compares numbers from minus to plus this. */
const largest = 5_000_000_000;

function comparison(operator: unknown, bound: unknown): Compare {
  const make =
    typeof operator === 'string' && Object.hasOwn(comparisons, operator)
      ? comparisons[operator]
      : undefined;
  if (make === undefined)
    throw new InvalidPatternError(`numeric has no operator ${JSON.stringify(operator)}`);
  if (typeof bound !== 'number')
    throw new InvalidPatternError(`numeric: the value of ${operator} must be a number`);
  if (Math.abs(bound) > largest)
    throw new InvalidPatternError(`numeric: ${bound} is not between -5.0e9 and 5.0e9`);
  return make(bound);
}

/**
 * Returns the test of `{"numeric": [">", 0, "<=", 5]}`.
 *
 * @throws {InvalidPatternError} for anything but one comparison, or a range from below to above
 */
export function numericTest(terms: unknown): Compare {
  if (!Array.isArray(terms)) throw new InvalidPatternError('numeric must be an array');
  const [operator, bound, second, top, ...rest] = terms;
  const first = comparison(operator, bound);
  if (terms.length === 2) return first;
  const isRange = ['>', '>='].includes(operator) && ['<', '<='].includes(second);
  if (!isRange || terms.length !== 4 || rest.length > 0)
    throw new InvalidPatternError(
      'numeric takes one comparison, or > or >= and then < or <=: [">", 0, "<=", 5]',
    );
  const other = comparison(second, top);
  if (Number(bound) >= Number(top))
    throw new InvalidPatternError(`numeric: the range from ${bound} to ${top} is empty`);
  return (value) => first(value) && other(value);
}
