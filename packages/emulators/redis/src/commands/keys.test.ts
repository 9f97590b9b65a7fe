import { expect, it } from 'vitest';
import { now, talk } from '../testing/talk.ts';

const integer = '-ERR value is not an integer or out of range';
const syntax = '-ERR syntax error';
const arity = (name: string) => `-ERR wrong number of arguments for '${name}' command`;

it.each([
  ['SET a 1; EXPIRE a 1; PTTL a; EXPIRE x 1', '+OK; :1; :1000; :0'],
  ['SET a 1; PEXPIRE a 1; PTTL a; PEXPIRE x 1', '+OK; :1; :1; :0'],
  ['SET a 1; EXPIRE a 0; EXISTS a', '+OK; :1; :0'],
  ['SET a 1; PEXPIRE a -1; GET a', '+OK; :1; $-1'],
  [`SET a 1; EXPIREAT a ${now / 1000 + 1}; PTTL a`, '+OK; :1; :1000'],
  [`SET a 1; PEXPIREAT a ${now + 1}; PTTL a`, '+OK; :1; :1'],
  [`SET a 1; PEXPIREAT a ${now}; GET a`, '+OK; :1; $-1'],
  ['EXPIRE a; EXPIRE a b', `${arity('expire')}; ${integer}`],
  ['PERSIST a; SET a 1; PERSIST a', ':0; +OK; :0'],
  ['SET a 1 EX 1; PERSIST a; TTL a; GET a', '+OK; :1; :-1; $1 1'],
  ['TTL a; PTTL a', ':-2; :-2'],
  ['SET a 1 PX 1499; TTL a; SET a 1 PX 1500; TTL a', '+OK; :1; +OK; :2'],
  ['MSET a 1 b 2; DEL a a x; UNLINK b; DEL', `+OK; :1; :1; ${arity('del')}`],
  ['MSET a 1 b 2; EXISTS a a b x; TYPE a; TYPE x; DBSIZE', '+OK; :3; +string; +none; :2'],
  ['SET a 1; FLUSHALL; DBSIZE; SET a 1; FLUSHDB ASYNC; DBSIZE', '+OK; +OK; :0; +OK; +OK; :0'],
  ['MSET ab 1 b 2; KEYS a*; SCAN 0 MATCH a*', '+OK; *1 $2 ab; *2 $1 0 *1 $2 ab'],
  ['SET a 1; SCAN 0 TYPE string; SCAN 0 TYPE list', '+OK; *2 $1 0 *1 $1 a; *2 $1 0 *0'],
  ['SCAN x; SCAN 0 COUNT 0; SCAN 0 COUNT 1', `-ERR invalid cursor; ${syntax}; *2 $1 0 *0`],
  ['SCAN 0 MATCH; SCAN 0 ODD 1; SCAN 0 COUNT x', `${syntax}; ${syntax}; ${integer}`],
])('%s', (commands, replies) => {
  expect(talk().say(commands)).toBe(replies);
});
