import {
  type ExpiryUnit,
  expiryOf,
  expiryUnits,
  integerOf,
  keyOf,
  sum,
  syntaxError,
  wordOf,
} from '../arguments.ts';
import type { Keyspace } from '../keyspace.ts';
import { type Reply, ReplyError, text } from '../replies.ts';
import type { CommandSpec, CommandTable } from './command.ts';

interface SetOptions {
  readonly condition?: 'NX' | 'XX';
  readonly get: boolean;
  readonly keepTtl: boolean;
  readonly expiresAt?: number;
}

/** Returns the expiry of a new value: a time that is over or zero makes no sense. */
function futureExpiry(given: Buffer | undefined, unit: ExpiryUnit, command: string, now: number) {
  if (integerOf(given) <= 0n)
    throw new ReplyError(`ERR invalid expire time in '${command}' command`);
  return expiryOf(given, unit, command, now);
}

function setOptions(given: readonly Buffer[], now: number): SetOptions {
  let options: SetOptions = { get: false, keepTtl: false };
  for (let index = 0; index < given.length; index += 1) {
    const word = wordOf(given[index]);
    const unit = expiryUnits[word];
    const hasExpiry = options.keepTtl || options.expiresAt !== undefined;
    if ((word === 'NX' || word === 'XX') && options.condition === undefined)
      options = { ...options, condition: word };
    else if (word === 'GET') options = { ...options, get: true };
    else if (word === 'KEEPTTL' && !hasExpiry) options = { ...options, keepTtl: true };
    else if (unit !== undefined && !hasExpiry && index + 1 < given.length) {
      index += 1;
      options = { ...options, expiresAt: futureExpiry(given[index], unit, 'set', now) };
    } else throw syntaxError();
  }
  return options;
}

const set: CommandSpec['run'] = ({ keyspace, given: [key, value, ...more] }) => {
  if (key === undefined || value === undefined) throw syntaxError();
  const name = keyOf(key);
  const { condition, get, keepTtl, expiresAt } = setOptions(more, keyspace.now());
  const former = keyspace.get(name);
  const refused = condition !== undefined && (condition === 'NX') === (former !== undefined);
  if (!refused) keyspace.set(name, value, keepTtl ? former?.expiresAt : expiresAt);
  if (get) return former?.value ?? null;
  return refused ? null : 'OK';
};

/** SETEX and PSETEX. */
function setExpiring(command: string, unit: ExpiryUnit | undefined): CommandSpec {
  return {
    arity: 4,
    run({ keyspace, given: [key, time, value] }) {
      if (key === undefined || value === undefined || unit === undefined) throw syntaxError();
      keyspace.set(keyOf(key), value, futureExpiry(time, unit, command, keyspace.now()));
      return 'OK';
    },
  };
}

function add(keyspace: Keyspace, key: Buffer | undefined, increment: bigint): Reply {
  if (key === undefined) throw syntaxError();
  const name = keyOf(key);
  const former = keyspace.get(name);
  const value = sum(former === undefined ? 0n : integerOf(former.value), increment);
  keyspace.set(name, text(String(value)), former?.expiresAt);
  return value;
}

/** Values: bytes, which may be the digits of a number. */
export const strings: CommandTable = {
  get: { arity: 2, run: ({ keyspace, given: [key] }) => keyspace.read(keyOf(key ?? text(''))) },
  set: { arity: -3, run: set },
  setex: setExpiring('setex', expiryUnits['EX']),
  psetex: setExpiring('psetex', expiryUnits['PX']),
  setnx: {
    arity: 3,
    run: ({ given, ...call }) => (set({ ...call, given: [...given, text('NX')] }) === null ? 0 : 1),
  },
  getdel: {
    arity: 2,
    run({ keyspace, given: [key] }) {
      const name = keyOf(key ?? text(''));
      const value = keyspace.read(name);
      keyspace.remove(name);
      return value;
    },
  },
  mget: {
    arity: -2,
    run: ({ keyspace, given }) => given.map((key) => keyspace.read(keyOf(key))),
  },
  mset: {
    arity: -3,
    run({ keyspace, given }) {
      if (given.length % 2 !== 0)
        throw new ReplyError("ERR wrong number of arguments for 'mset' command");
      for (let index = 0; index < given.length; index += 2) {
        const [key, value] = given.slice(index, index + 2);
        if (key !== undefined && value !== undefined) keyspace.set(keyOf(key), value);
      }
      return 'OK';
    },
  },
  strlen: {
    arity: 2,
    run: ({ keyspace, given: [key] }) => keyspace.get(keyOf(key ?? text('')))?.value.length ?? 0,
  },
  incr: { arity: 2, run: ({ keyspace, given: [key] }) => add(keyspace, key, 1n) },
  incrby: {
    arity: 3,
    run: ({ keyspace, given: [key, by] }) => add(keyspace, key, integerOf(by)),
  },
  decr: { arity: 2, run: ({ keyspace, given: [key] }) => add(keyspace, key, -1n) },
  decrby: {
    arity: 3,
    run: ({ keyspace, given: [key, by] }) => add(keyspace, key, -integerOf(by)),
  },
};
