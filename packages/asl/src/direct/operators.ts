import { declined } from './declined.ts';
import { finite, isEqual, isTrue, Sequence, textOf } from './values.ts';

type Operator = (left: unknown, right: unknown) => unknown;

/** The operators that need both sides: `and` and `or` do not. */
export const operators: Readonly<Record<string, Operator>> = {
  '+': arithmetic((left, right) => left + right),
  '-': arithmetic((left, right) => left - right),
  '*': arithmetic((left, right) => left * right),
  '/': arithmetic((left, right) => left / right),
  '%': arithmetic((left, right) => left % right),
  '<': comparison((left, right) => left < right),
  '<=': comparison((left, right) => left <= right),
  '>': comparison((left, right) => left > right),
  '>=': comparison((left, right) => left >= right),
  '=': (left, right) => left !== undefined && right !== undefined && isEqual(left, right),
  '!=': (left, right) => left !== undefined && right !== undefined && !isEqual(left, right),
  '&': (left, right) => `${textOf(left) ?? ''}${textOf(right) ?? ''}`,
  in: (left, right) =>
    left !== undefined &&
    right !== undefined &&
    (Array.isArray(right) ? right.includes(left) : right === left),
  '..': range,
};

/** Longer ranges are jsonata's, which has a limit. */
const longestRange = 100_000;

function range(first: unknown, last: unknown): Sequence | undefined {
  if (first === undefined || last === undefined) {
    if (first === undefined && last === undefined) return undefined;
    throw declined;
  }
  if (!Number.isInteger(first) || !Number.isInteger(last)) throw declined;
  const [from, to] = [Number(first), Number(last)];
  if (from > to) return undefined;
  if (to - from >= longestRange) throw declined;
  const numbers = new Sequence();
  for (let number = from; number <= to; number += 1) numbers.push(number);
  return numbers;
}

/** `and` and `or`, which leave out the right side where the left one decides. */
export const logical: Readonly<Record<string, (left: unknown, right: () => unknown) => boolean>> = {
  and: (left, right) => isTrue(left) && isTrue(right()),
  or: (left, right) => isTrue(left) || isTrue(right()),
};

function arithmetic(calculate: (left: number, right: number) => number): Operator {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number')
      return finite(calculate(finite(left), finite(right)));
    if (left === undefined && (right === undefined || typeof right === 'number')) return undefined;
    if (right === undefined && typeof left === 'number') return undefined;
    throw declined;
  };
}

function comparison(compare: (left: number | string, right: number | string) => boolean): Operator {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return compare(left, right);
    if (typeof left === 'string' && typeof right === 'string') return compare(left, right);
    if (isComparable(left) && isComparable(right) && (left === undefined || right === undefined))
      return undefined;
    throw declined;
  };
}

const isComparable = (value: unknown): boolean =>
  ['undefined', 'number', 'string'].includes(typeof value);
