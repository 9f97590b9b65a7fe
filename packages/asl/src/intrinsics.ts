import { createHash, randomUUID } from 'node:crypto';
import { AslError } from './errors.ts';
import { isJsonObject, jsonEqual } from './json-values.ts';
import { seededRandom } from './seeded-random.ts';

/** Arguments an intrinsic function cannot take; becomes `States.IntrinsicFailure`. */
export class IntrinsicArgumentError extends AslError {
  override name = 'IntrinsicArgumentError';
}

export interface Intrinsic {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  call(args: readonly unknown[], random: () => number): unknown;
}

/** Most characters that Base64 and hash functions take. */
const textLimit = 10_000;
const hashNames: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The 18 intrinsic functions of the specification's Appendix B, by name. */
export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  'States.Format': { arity: [1, Number.POSITIVE_INFINITY], call: (args) => format(args) },
  'States.StringToJson': { arity: [1, 1], call: ([text]) => parseJson(string(text)) },
  'States.JsonToString': { arity: [1, 1], call: ([value]) => JSON.stringify(value) },
  'States.Array': { arity: [0, Number.POSITIVE_INFINITY], call: (args) => [...args] },
  'States.ArrayPartition': { arity: [2, 2], call: ([items, size]) => partition(items, size) },
  'States.ArrayContains': {
    arity: [2, 2],
    call: ([items, wanted]) => array(items).some((item) => jsonEqual(item, wanted)),
  },
  'States.ArrayRange': { arity: [3, 3], call: ([from, to, step]) => range(from, to, step) },
  'States.ArrayGetItem': { arity: [2, 2], call: ([items, index]) => itemAt(items, index) },
  'States.ArrayLength': { arity: [1, 1], call: ([items]) => array(items).length },
  'States.ArrayUnique': { arity: [1, 1], call: ([items]) => unique(array(items)) },
  'States.Base64Encode': {
    arity: [1, 1],
    call: ([text]) => Buffer.from(short(string(text)), 'utf8').toString('base64'),
  },
  'States.Base64Decode': {
    arity: [1, 1],
    call: ([text]) => Buffer.from(short(string(text)), 'base64').toString('utf8'),
  },
  'States.Hash': { arity: [2, 2], call: ([data, algorithm]) => hash(data, algorithm) },
  'States.JsonMerge': { arity: [3, 3], call: ([left, right, deep]) => merge(left, right, deep) },
  'States.MathRandom': {
    arity: [2, 3],
    call([start, end, seed], random) {
      const draw = seed === undefined ? random() : seededRandom(rounded(seed));
      const [least, most] = [rounded(start), rounded(end)];
      return least + Math.floor(draw * (most - least));
    },
  },
  'States.MathAdd': { arity: [2, 2], call: ([left, right]) => rounded(left) + rounded(right) },
  'States.StringSplit': { arity: [2, 2], call: ([text, marks]) => split(text, marks) },
  'States.UUID': { arity: [0, 0], call: () => randomUUID() },
};

/** Chunks of `size` items, the last one shorter; `$partition` in JSONata. */
export function partition(items: unknown, size: unknown): unknown[][] {
  const all = array(items);
  const length = integer(size);
  if (length < 1) fail(`The chunk size must be positive, not ${length}.`);
  const chunks: unknown[][] = [];
  for (let start = 0; start < all.length; start += length) {
    chunks.push(all.slice(start, start + length));
  }
  return chunks;
}

/** Integers from `from` up or down to `to`, both included; at most 1000. `$range` in JSONata. */
export function range(from: unknown, to: unknown, step: unknown): number[] {
  const [first, last, stride] = [integer(from), integer(to), integer(step)];
  if (stride === 0) fail('The step must not be zero.');
  const count = Math.max(0, Math.floor((last - first) / stride) + 1);
  if (count > 1000) fail(`The range has ${count} items; at most 1000 are allowed.`);
  return Array.from({ length: count }, (_, index) => first + index * stride);
}

/** Hexadecimal digest of a string, or of the JSON text of anything else; `$hash` in JSONata. */
export function hash(data: unknown, algorithm: unknown): string {
  const name = Object.hasOwn(hashNames, String(algorithm))
    ? hashNames[String(algorithm)]
    : undefined;
  if (name === undefined) {
    return fail(`Unknown algorithm ${algorithm}: one of ${Object.keys(hashNames).join(', ')}.`);
  }
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(short(text)).digest('hex');
}

/** `{}` takes the next argument; a backslash makes `'`, `{`, `}` and `\` plain characters. */
function format([template, ...values]: readonly unknown[]): string {
  let used = 0;
  const text = string(template).replace(/\\(.?)|\{\}/gsu, (found, escaped: string | undefined) => {
    if (found === '{}') return printed(values[used++]);
    if (!escaped || !"'{}\\".includes(escaped)) fail(`Open escape "${found}" in "${template}".`);
    return escaped;
  });
  if (used !== values.length) fail(`"${template}" takes ${used} values, not ${values.length}.`);
  return text;
}

function printed(value: unknown): string {
  if (value === undefined) fail('There are fewer values than {}.');
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  // As Java prints a map (recorded on AWS), where the specification takes no objects.
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${printed(item)}`)
      .join(', ')}}`;
  return String(value);
}

function parseJson(text: string): unknown {
  // Nothing is null on AWS (recorded).
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IntrinsicArgumentError(`"${text.slice(0, 60)}" is not JSON.`, { cause: error });
  }
}

function itemAt(items: unknown, index: unknown): unknown {
  const position = integer(index);
  const all = array(items);
  if (position < 0 || position >= all.length) fail(`There is no item ${position}.`);
  return all[position];
}

function unique(items: readonly unknown[]): unknown[] {
  return items.filter(
    (item, index) => items.findIndex((earlier) => jsonEqual(earlier, item)) === index,
  );
}

function merge(left: unknown, right: unknown, deep: unknown): Record<string, unknown> {
  if (!isJsonObject(left) || !isJsonObject(right)) return fail('Both values must be objects.');
  if (typeof deep !== 'boolean') return fail('The third argument must be true or false.');
  if (!deep) return { ...left, ...right };
  return Object.fromEntries(
    Object.entries({ ...left, ...right }).map(([key, value]) => {
      const earlier = Object.hasOwn(left, key) ? left[key] : undefined;
      return [
        key,
        Object.hasOwn(right, key) && isJsonObject(earlier) && isJsonObject(value)
          ? merge(earlier, value, true)
          : value,
      ];
    }),
  );
}

/** Splits at any of the characters of `marks`; empty parts are dropped, as AWS does. */
function split(text: unknown, marks: unknown): string[] {
  const separators = new Set(string(marks));
  const parts = [''];
  for (const character of string(text)) {
    if (separators.has(character)) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.filter((part) => part !== '');
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : fail(`Expected a string, not ${kindOf(value)}.`);
}

function short(text: string): string {
  if (text.length > textLimit) fail(`The data has more than ${textLimit} characters.`);
  return text;
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail(`Expected an array, not ${kindOf(value)}.`);
}

function integer(value: unknown): number {
  return Number.isInteger(value)
    ? (value as number)
    : fail(`Expected an integer, not ${kindOf(value)}.`);
}

/** Returns a number for arithmetic. AWS rounds half up (recorded); the specification knows only integers. */
function rounded(value: unknown): number {
  return typeof value === 'number'
    ? Math.round(value)
    : fail(`Expected a number, not ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object or null' : `${typeof value} ${String(value)}`;
}

function fail(message: string): never {
  throw new IntrinsicArgumentError(message);
}
