import {
  type ExpiryUnit,
  expiryOf,
  expiryUnits,
  integerOf,
  keyOf,
  syntaxError,
  wordOf,
} from '../arguments.ts';
import { globPattern } from '../glob.ts';
import type { Keyspace } from '../keyspace.ts';
import { ReplyError, text } from '../replies.ts';
import type { CommandSpec, CommandTable } from './command.ts';

const nameOf = (key: Buffer | undefined): string => keyOf(key ?? text(''));

function expire(command: string, unit: ExpiryUnit | undefined): CommandSpec {
  return {
    arity: 3,
    run({ keyspace, given: [key, time] }) {
      if (unit === undefined) throw syntaxError();
      const at = expiryOf(time, unit, command, keyspace.now());
      const name = nameOf(key);
      const entry = keyspace.get(name);
      if (entry === undefined) return 0;
      // A time that is over removes the key.
      if (at <= keyspace.now()) keyspace.remove(name);
      else keyspace.set(name, entry.value, at);
      return 1;
    },
  };
}

/** -2: no such key; -1: it stays. */
function timeToLive(milliseconds: number): CommandSpec {
  return {
    arity: 2,
    run({ keyspace, given: [key] }) {
      const entry = keyspace.get(nameOf(key));
      if (entry === undefined) return -2;
      if (entry.expiresAt === undefined) return -1;
      return Math.round((entry.expiresAt - keyspace.now()) / milliseconds);
    },
  };
}

const count = (keys: readonly Buffer[], is: (name: string) => boolean): number =>
  keys.filter((key) => is(keyOf(key))).length;

const remove: CommandSpec = {
  arity: -2,
  run: ({ keyspace, given }) => count(given, (name) => keyspace.remove(name)),
};

const matching = (keyspace: Keyspace, pattern: RegExp): readonly Buffer[] =>
  keyspace
    .keys()
    .filter((key) => pattern.test(key))
    .map((key) => Buffer.from(key, 'latin1'));

/** All at once, whatever COUNT says, which is only a hint: so no cursor can miss a key or name one twice. */
const scan: CommandSpec = {
  arity: -2,
  run({ keyspace, given: [cursor, ...options] }) {
    if (!/^\d{1,20}$/.test(nameOf(cursor))) throw new ReplyError('ERR invalid cursor');
    let pattern = globPattern('*');
    let type = 'STRING';
    for (let index = 0; index < options.length; index += 2) {
      const value = options[index + 1];
      const word = wordOf(options[index]);
      if (value === undefined) throw syntaxError();
      if (word === 'MATCH') pattern = globPattern(keyOf(value));
      else if (word === 'TYPE') type = wordOf(value);
      else if (word !== 'COUNT' || integerOf(value) < 1n) throw syntaxError();
    }
    return [text('0'), type === 'STRING' ? matching(keyspace, pattern) : []];
  },
};

function flush({ keyspace }: { readonly keyspace: Keyspace }): string {
  keyspace.clear();
  return 'OK';
}

/** Keys: whether they are there, and for how long. */
export const keys: CommandTable = {
  del: remove,
  unlink: remove,
  exists: {
    arity: -2,
    run: ({ keyspace, given }) => count(given, (name) => keyspace.get(name) !== undefined),
  },
  expire: expire('expire', expiryUnits['EX']),
  pexpire: expire('pexpire', expiryUnits['PX']),
  expireat: expire('expireat', expiryUnits['EXAT']),
  pexpireat: expire('pexpireat', expiryUnits['PXAT']),
  ttl: timeToLive(1000),
  pttl: timeToLive(1),
  persist: {
    arity: 2,
    run({ keyspace, given: [key] }) {
      const name = nameOf(key);
      const entry = keyspace.get(name);
      if (entry?.expiresAt === undefined) return 0;
      keyspace.set(name, entry.value);
      return 1;
    },
  },
  type: {
    arity: 2,
    run: ({ keyspace, given: [key] }) =>
      keyspace.get(nameOf(key)) === undefined ? 'none' : 'string',
  },
  keys: {
    arity: 2,
    run: ({ keyspace, given: [pattern] }) => matching(keyspace, globPattern(nameOf(pattern))),
  },
  scan,
  dbsize: { arity: 1, run: ({ keyspace }) => keyspace.keys().length },
  flushall: { arity: -1, run: flush },
  flushdb: { arity: -1, run: flush },
};
