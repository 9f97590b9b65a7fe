import { randomUUID } from 'node:crypto';
import type jsonata from 'jsonata';
import { hash, partition, range } from './intrinsics.ts';
import { disguise, hasMarks } from './jsonata-reserved.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * Adds the functions Step Functions adds to JSONata (developer guide: "JSONata functions provided by
 * Step Functions"). `$random` is bound per evaluation instead, see `randomFunction`.
 */
export function registerFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', wholeNumbers(partition));
  expression.registerFunction('range', wholeNumbers(unwrappedRange));
  expression.registerFunction('hash', hash);
  expression.registerFunction('uuid', () => randomUUID());
  expression.registerFunction('parse', (text: unknown) => {
    const parsed: unknown = JSON.parse(String(text));
    return hasMarks(parsed) ? disguise(parsed) : parsed;
  });
}

/** Unwraps a range of one number, as any sequence of JSONata (recorded on AWS). */
function unwrappedRange(from: unknown, to: unknown, step: unknown): number | number[] {
  const numbers = range(from, to, step);
  const [only] = numbers;
  return only !== undefined && numbers.length === 1 ? only : numbers;
}

/** `$random([seed])`: a number in [0, 1); the same seed gives the same number. */
export function randomFunction(random: () => number): (seed?: unknown) => number {
  return (seed) => (typeof seed === 'number' ? seededRandom(Math.floor(seed)) : random());
}

/** "Functions that require integer values will automatically round down any non-integer numbers." */
function wholeNumbers<Result>(
  run: (...args: [unknown, unknown, unknown]) => Result,
): (...args: unknown[]) => Result {
  return (...args) => {
    const [first, second, third] = args.map((arg) =>
      typeof arg === 'number' ? Math.floor(arg) : arg,
    );
    return run(first, second, third);
  };
}
