import { ChaosError } from './errors.ts';
import {
  type FaultKind,
  type FaultOrder,
  type FaultTarget,
  faultKinds,
  targetKinds,
} from './fault.ts';

const longestMs = 24 * 3_600_000;
/** As long as a function may run. */
const slowestMs = 900_000;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown, what: string, names: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ChaosError(`${what} has to be an object`);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new ChaosError(`${what} has no ${unknown}: only ${names.join(', ')}`);
  return { ...value };
}

function oneOf<const Of extends string>(value: unknown, name: string, all: readonly Of[]): Of {
  const found = all.find((each) => each === value);
  if (found === undefined)
    throw new ChaosError(
      `${name} has to be one of ${all.join(', ')}, got ${JSON.stringify(value)}`,
    );
  return found;
}

function number(
  value: unknown,
  name: string,
  isRight: (value: number) => boolean,
  range: string,
): number {
  if (typeof value !== 'number' || !isRight(value))
    throw new ChaosError(`${name} has to be ${range}, got ${JSON.stringify(value)}`);
  return value;
}

const upTo = (most: number) => (value: number) => value > 0 && value <= most;

/** Reads the target of a fault. @throws {ChaosError} naming what is wrong */
export function parseTarget(value: unknown): FaultTarget {
  const { kind, name } = fieldsOf(value, 'target', ['kind', 'name']);
  if (typeof name !== 'string') throw new ChaosError('target.name has to be a text');
  return { kind: oneOf(kind, 'target.kind', targetKinds), name };
}

function delayOf(fault: FaultKind, byMs: unknown): { readonly byMs?: number } {
  if (fault === 'slow')
    return {
      byMs: number(byMs, 'byMs', upTo(slowestMs), `above 0, at most ${slowestMs} ms (15 minutes)`),
    };
  if (byMs !== undefined) throw new ChaosError(`byMs is of slow only, not of ${fault}`);
  return {};
}

/**
 * Reads an order for a fault.
 *
 * @throws {ChaosError} naming what is wrong
 */
export function parseOrder(value: unknown): FaultOrder {
  const given = fieldsOf(value, 'the fault', ['fault', 'target', 'share', 'forMs', 'byMs', 'seed']);
  const fault = oneOf(given['fault'], 'fault', faultKinds);
  const isSeed = (seed: number) => Number.isSafeInteger(seed) && seed >= 0;
  return {
    fault,
    target: parseTarget(given['target']),
    share: number(given['share'], 'share', upTo(1), 'above 0, at most 1'),
    forMs: number(
      given['forMs'],
      'forMs',
      upTo(longestMs),
      `above 0, at most ${longestMs} ms (a day)`,
    ),
    ...delayOf(fault, given['byMs']),
    seed: number(given['seed'], 'seed', isSeed, 'a whole number from 0 up'),
  };
}
