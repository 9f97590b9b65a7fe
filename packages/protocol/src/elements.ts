/** Elements that each datatype may have, in the plain form of `TensorData`. */

import { decodeBase64 } from './base64.ts';
import type { ProtocolError } from './errors.ts';
import type { Datatype, Parameters, TensorData } from './types.ts';

/** Number of elements of a tensor: the product of its dimensions, 1 for a scalar. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Tells whether the elements of a BYTES tensor are base64 text for bytes that are not UTF-8, as MLServer marks it. */
export function isBase64(parameters: Parameters | undefined): boolean {
  return parameters?.['content_type'] === 'base64';
}

/** The description of a datatype's elements, and the test of one element. */
interface ElementRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

function integers(minimum: number, maximum: number): ElementRule {
  return {
    expected: `an integer from ${minimum} to ${maximum}`,
    accepts: (value) =>
      Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum,
  };
}

/** A number past 2^53 has already lost digits on its way here, so it is refused: only a bigint holds it. */
function longIntegers(minimum: bigint, maximum: bigint): ElementRule {
  return {
    expected: `an integer from ${minimum} to ${maximum}`,
    accepts: (value) =>
      typeof value === 'bigint'
        ? value >= minimum && value <= maximum
        : Number.isSafeInteger(value) && (minimum < 0n || (value as number) >= 0),
  };
}

/** `round` is the rounding to the datatype's precision: a number too large for it becomes infinite. */
function floats(name: string, round: (value: number) => number): ElementRule {
  return {
    expected: `a finite number within ${name}`,
    accepts: (value) =>
      typeof value === 'number'
        ? Number.isFinite(round(value))
        : typeof value === 'bigint' && Number.isFinite(round(Number(value))),
  };
}

const rules: Readonly<Record<Datatype, ElementRule>> = {
  BOOL: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  UINT8: integers(0, 0xff),
  UINT16: integers(0, 0xffff),
  UINT32: integers(0, 0xffff_ffff),
  UINT64: longIntegers(0n, 2n ** 64n - 1n),
  INT8: integers(-0x80, 0x7f),
  INT16: integers(-0x8000, 0x7fff),
  INT32: integers(-0x8000_0000, 0x7fff_ffff),
  INT64: longIntegers(-(2n ** 63n), 2n ** 63n - 1n),
  FP16: floats('FP16', Math.f16round),
  FP32: floats('FP32', Math.fround),
  FP64: floats('FP64', (value) => value),
  BYTES: {
    // A lone surrogate has no UTF-8 form; encoding would silently replace it.
    expected: 'a string of well-formed Unicode',
    accepts: (value) => typeof value === 'string' && value.isWellFormed(),
  },
};

const base64Rule: ElementRule = {
  expected: 'a base64 string',
  accepts: (value) => typeof value === 'string' && decodeBase64(value) !== undefined,
};

/**
 * The elements of FP tensors that are let pass besides finite numbers: none; those that are missing, NaN or `null`; or
 * infinities too. `null` becomes NaN.
 */
export type NonFinite = 'none' | 'missing' | 'any';

/** The facts about a tensor that `checkElements` needs besides its elements. */
export interface ElementsOf {
  readonly datatype: Datatype;
  readonly parameters?: Parameters | undefined;
  /** Default: none. */
  readonly nonFinite?: NonFinite;
}

/**
 * Checks every element and returns the data in its one plain form: bigint only past 2^53, and never in FP; NaN for what
 * is missing. The same array comes back when nothing had to change.
 *
 * @throws what `fail` makes of the index of the first wrong element and of what was expected there.
 */
export function checkElements(
  data: readonly unknown[],
  of: ElementsOf,
  fail: (index: number, expected: string) => ProtocolError,
): TensorData {
  const { datatype } = of;
  const rule = datatype === 'BYTES' && isBase64(of.parameters) ? base64Rule : rules[datatype];
  const nonFinite = (datatype.startsWith('FP') && of.nonFinite) || 'none';
  let isPlain = true;
  for (let index = 0; index < data.length; index += 1) {
    const element = data[index];
    if (!rule.accepts(element) && !isNonFinite(element, nonFinite)) {
      throw fail(index, nonFinite === 'none' ? rule.expected : `${rule.expected}, or null`);
    }
    isPlain &&= typeof element !== 'bigint' && element !== null;
  }
  const checked = data as readonly (TensorData[number] | null)[];
  return isPlain ? (data as TensorData) : checked.map((element) => toPlain(element, datatype));
}

function isNonFinite(value: unknown, allowed: NonFinite): boolean {
  if (allowed === 'none') {
    return false;
  }
  const isInfinite = value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
  return value === null || Number.isNaN(value) || (allowed === 'any' && isInfinite);
}

/** A bigint as a number where a number holds it, or where the datatype is a float; NaN for null. */
function toPlain(element: TensorData[number] | null, datatype: Datatype): TensorData[number] {
  if (element === null) {
    return Number.NaN;
  }
  if (typeof element !== 'bigint') {
    return element;
  }
  const number = Number(element);
  return datatype.startsWith('FP') || Number.isSafeInteger(number) ? number : element;
}
