import { declined } from './declined.ts';
import { arrayOf, type DirectFunction, of } from './direct-function.ts';

/** JSONata's functions of numbers. */
export const numberFunctions: Readonly<Record<string, DirectFunction>> = {
  sum: ofNumbers(sum),
  max: ofNumbers((numbers) => (numbers.length > 0 ? Math.max(...numbers) : undefined)),
  min: ofNumbers((numbers) => (numbers.length > 0 ? Math.min(...numbers) : undefined)),
  average: ofNumbers((numbers) => (numbers.length > 0 ? sum(numbers) / numbers.length : undefined)),
  floor: of((value) => Math.floor(numberIn(value))),
  ceil: of((value) => Math.ceil(numberIn(value))),
  abs: of((value) => Math.abs(numberIn(value))),
  round: { arities: [1, 2], apply: rounded },
};

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A function of an array of numbers; a number alone is an array of one. */
function ofNumbers(apply: (numbers: readonly number[]) => number | undefined): DirectFunction {
  return of((value) => {
    const items = arrayOf(value);
    if (!items.every((item) => typeof item === 'number')) throw declined;
    return apply(items);
  });
}

function numberIn(value: unknown): number {
  if (typeof value !== 'number') throw declined;
  return value;
}

/** Rounds half to even, at a number of decimal places. The place is shifted in the text, as in jsonata: a product would not be exact. */
function rounded(value: unknown, places: unknown = 0): number | undefined {
  const decimals = numberIn(places);
  if (value === undefined) return undefined;
  const shifted = shift(numberIn(value), decimals);
  const nearest = Math.round(shifted);
  const isTie = Math.abs(nearest - shifted) === 0.5 && Math.abs(nearest % 2) === 1;
  // JSON has no -0.
  return shift(isTie ? nearest - 1 : nearest, -decimals) + 0;
}

function shift(number: number, places: number): number {
  if (places === 0) return number;
  const [digits, exponent = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
