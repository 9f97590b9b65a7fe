import { ownField } from '../query.ts';
import type { Scope } from './scope.ts';
import { isTrue, lookUp, pushFlat, Sequence } from './values.ts';

/** Evaluates a node against the value at hand. Throws `declined` where jsonata has to do it. */
export type Evaluate = (context: unknown, scope: Scope) => unknown;

/** Selects from a value: `[0]`, `[$ > 1]`. */
export type Filter = (value: unknown, scope: Scope) => unknown;

/** One step of a path, evaluated for each value that the step before it found. */
export interface Step {
  readonly evaluate: Evaluate;
  readonly filters: readonly Filter[];
  /** The field, when the step is only that. */
  readonly field: string | undefined;
}

/**
 * Compiles `a.b[0].c`. As in jsonata, a step is evaluated for each value that the one before found, and what it finds is made
 * one flat sequence. A path that starts with a variable is not evaluated for each item of the context.
 */
export function compilePath(steps: readonly Step[], isAbsolute: boolean): Evaluate {
  const last = steps.at(-1);
  return (context, scope) => {
    let one: unknown = context;
    let many = Array.isArray(context) && !isAbsolute ? (context as readonly unknown[]) : undefined;
    for (const step of steps) {
      const found: unknown = many
        ? stepThrough(step, many, scope, step === last)
        : take(step, one, scope);
      if (step === last || found === undefined) return found;
      many = undefined;
      if (!Array.isArray(found)) one = found;
      else if (found.length === 1 && !Array.isArray(found[0])) one = found[0];
      else if (found.length > 0) many = found;
      else return undefined;
    }
    return one;
  };
}

function take({ field, evaluate, filters }: Step, value: unknown, scope: Scope): unknown {
  if (field !== undefined && !Array.isArray(value)) return ownField(value, field);
  let found = evaluate(value, scope);
  for (const filter of filters) found = filter(found, scope);
  return found;
}

/** Evaluates a step for each of several values. */
function stepThrough(
  step: Step,
  values: readonly unknown[],
  scope: Scope,
  isLast: boolean,
): unknown {
  const flat = new Sequence();
  let only: unknown;
  let count = 0;
  for (const value of values) {
    const found = take(step, value, scope);
    if (found === undefined) continue;
    pushFlat(flat, found);
    only = found;
    count += 1;
  }
  // An array that is all there is stays an array, though it be of one or none.
  const isArrayAlone = count === 1 && Array.isArray(only) && !(only instanceof Sequence);
  return isLast && isArrayAlone ? only : flat;
}

/** Compiles `name`, for the value at hand. */
export const compileName =
  (name: string): Evaluate =>
  (context) =>
    lookUp(context, name);

/** Evaluates `*`: the values of an object's fields, with arrays flattened. */
export function wildcard(context: unknown): unknown {
  let found: unknown[] = new Sequence();
  if (typeof context === 'object' && context !== null)
    // As in jsonata, a field that holds an array makes the result an ordinary array.
    for (const value of Object.values(context))
      if (Array.isArray(value)) found = [...found, ...value.flat(Number.POSITIVE_INFINITY)];
      else found.push(value);
  return found;
}

/** Compiles `[2]`, which counts from the end when it is negative. */
export function compileIndex(number: number): Filter {
  const index = Math.floor(number);
  return (value) => {
    const item: unknown = itemsOf(value).at(index);
    if (Array.isArray(item)) return item;
    return item === undefined ? new Sequence() : Sequence.of(item);
  };
}

/** Compiles `[condition]`, evaluated for each item; numbers are indexes. */
export function compileCondition(condition: Evaluate): Filter {
  return (value, scope) => {
    const items = itemsOf(value);
    const kept = new Sequence();
    for (const [at, item] of items.entries()) {
      const answer = condition(item, scope);
      const indexes: unknown = typeof answer === 'number' ? [answer] : answer;
      if (Array.isArray(indexes) && indexes.every((index) => typeof index === 'number'))
        for (const index of indexes) {
          const floor = Math.floor(index);
          if ((floor < 0 ? items.length + floor : floor) === at) kept.push(item);
        }
      else if (isTrue(answer)) kept.push(item);
    }
    return kept;
  };
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
