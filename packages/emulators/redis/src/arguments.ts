import { ReplyError } from './replies.ts';

export const syntaxError = (): ReplyError => new ReplyError('ERR syntax error');
const notInteger = (): ReplyError => new ReplyError('ERR value is not an integer or out of range');

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** A key, or another argument whose bytes count. */
export const keyOf = (argument: Buffer): string => argument.toString('latin1');

/** An option's name. */
export const wordOf = (argument: Buffer | undefined): string =>
  (argument ?? '').toString().toUpperCase();

/** A 64-bit integer as Redis writes them. @throws {ReplyError} if it is none */
export function integerOf(argument: Buffer | undefined): bigint {
  const text = argument?.toString('latin1') ?? '';
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) throw notInteger();
  const value = BigInt(text);
  if (value < smallest || value > largest) throw notInteger();
  return value;
}

/** Returns a sum of two 64-bit integers. @throws {ReplyError} if it is too large for one */
export function sum(a: bigint, b: bigint): bigint {
  const result = a + b;
  if (result < smallest || result > largest)
    throw new ReplyError('ERR increment or decrement would overflow');
  return result;
}

/** The unit of an expiry: seconds or milliseconds, from now or since 1970. */
export interface ExpiryUnit {
  readonly milliseconds: number;
  readonly absolute: boolean;
}

export const expiryUnits: Readonly<Record<string, ExpiryUnit>> = {
  EX: { milliseconds: 1000, absolute: false },
  PX: { milliseconds: 1, absolute: false },
  EXAT: { milliseconds: 1000, absolute: true },
  PXAT: { milliseconds: 1, absolute: true },
};

/** Epoch milliseconds at which something expires. @throws {ReplyError} if that is no time */
export function expiryOf(
  argument: Buffer | undefined,
  { milliseconds, absolute }: ExpiryUnit,
  command: string,
  now: number,
): number {
  const at = Number(integerOf(argument)) * milliseconds + (absolute ? 0 : now);
  if (!Number.isSafeInteger(at))
    throw new ReplyError(`ERR invalid expire time in '${command}' command`);
  return at;
}
