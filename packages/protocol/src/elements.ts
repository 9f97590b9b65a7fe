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

/** The facts about a tensor that `checkElements` needs besides its elements. */
export interface ElementsOf {
  readonly datatype: Datatype;
  readonly parameters?: Parameters | undefined;
  /** Let NaN and infinities pass in the FP datatypes: answers may hold them, requests may not. */
  readonly allowNonFinite?: boolean;
}

/**
 * Checks every element and returns the data in its one plain form: bigint only past 2^53, and never in FP.
 * The same array comes back when nothing had to change.
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
  const anyNumber = of.allowNonFinite === true && datatype.startsWith('FP');
  let hasBigint = false;
  for (let index = 0; index < data.length; index += 1) {
    const element = data[index];
    if (!rule.accepts(element) && !(anyNumber && isNonFinite(element))) {
      throw fail(index, rule.expected);
    }
    hasBigint ||= typeof element === 'bigint';
  }
  const checked = data as TensorData;
  return hasBigint ? checked.map((element) => shorten(element, datatype)) : checked;
}

function isNonFinite(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

/** A bigint as a number where a number holds it, or where the datatype is a float. */
function shorten(element: TensorData[number], datatype: Datatype): TensorData[number] {
  if (typeof element !== 'bigint') {
    return element;
  }
  const number = Number(element);
  return datatype.startsWith('FP') || Number.isSafeInteger(number) ? number : element;
}
