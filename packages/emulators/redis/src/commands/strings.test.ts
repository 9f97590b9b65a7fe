import { expect, it } from 'vitest';
import { now, talk } from '../testing/talk.ts';

const integer = '-ERR value is not an integer or out of range';
const overflow = '-ERR increment or decrement would overflow';
const syntax = '-ERR syntax error';
const arity = (name: string) => `-ERR wrong number of arguments for '${name}' command`;
const time = (name: string) => `-ERR invalid expire time in '${name}' command`;

it.each([
  ['SET a 1; GET a; get A', '+OK; $1 1; $-1'],
  ['SET a 1 NX GET; SET a 2 NX GET; GET a', '$-1; $1 1; $1 1'],
  ['SET a 1 XX GET; GET a; SET a 1; SET a 2 xx; GET a', '$-1; $-1; +OK; +OK; $1 2'],
  ['SET a 1 NX XX; SET a 1 XX NX; SET a 1 NX NX', `${syntax}; ${syntax}; ${syntax}`],
  ['SET a 1 KEEPTTL EX 1; SET a 1 EX 1 KEEPTTL', `${syntax}; ${syntax}`],
  ['SET a 1 EX; SET a 1 ODD; SET a', `${syntax}; ${syntax}; ${arity('set')}`],
  ['SET a 1 EX 1; PTTL a; TTL a', '+OK; :1000; :1'],
  ['SET a 1 PX 1; PTTL a', '+OK; :1'],
  [`SET a 1 EXAT ${now / 1000 + 5}; TTL a`, '+OK; :5'],
  [`SET a 1 PXAT ${now + 5}; PTTL a`, '+OK; :5'],
  ['SET a 1 EX 0; SET a 1 EX -1; GET a', `${time('set')}; ${time('set')}; $-1`],
  ['SET a 1 PX 9; SET a 2 KEEPTTL; PTTL a; SET a 3; PTTL a', '+OK; +OK; :9; +OK; :-1'],
  [`SET a 1 PX ${2 ** 53 - 1}; SET a 1 PXAT ${2 ** 53 - 1}`, `${time('set')}; +OK`],
  ['SETEX a 2 v; PTTL a; PSETEX a 2 w; PTTL a; GET a', '+OK; :2000; +OK; :2; $1 w'],
  ['SETEX a 0 v; PSETEX a -1 v', `${time('setex')}; ${time('psetex')}`],
  ['SETEX a 1; PSETEX a 1 v w', `${arity('setex')}; ${arity('psetex')}`],
  ['SETNX a 1; SETNX a 2; GET a', ':1; :0; $1 1'],
  ['GETDEL a; SET a 1; GETDEL a; GET a', '$-1; +OK; $1 1; $-1'],
  ['MSET a 1 b 2; MGET a x b', '+OK; *3 $1 1 $-1 $1 2'],
  ['MSET a; MSET a 1 b; GET a', `${arity('mset')}; ${arity('mset')}; $-1`],
  ['STRLEN a; SET a four; STRLEN a', ':0; +OK; :4'],
  ['INCR n; INCRBY n 9; DECR n; DECRBY n 4; GET n', ':1; :10; :9; :5; $1 5'],
  ['SET n 1 PX 50; INCR n; PTTL n', '+OK; :2; :50'],
  ['SET n 01; INCR n; SET n 1.5; INCR n', `+OK; ${integer}; +OK; ${integer}`],
  ['INCRBY m +1; INCRBY m -0', `${integer}; ${integer}`],
  [`SET n ${2n ** 63n - 2n}; INCR n; INCR n`, `+OK; :${2n ** 63n - 1n}; ${overflow}`],
  [`SET n ${-(2n ** 63n) + 1n}; DECR n; DECR n`, `+OK; :${-(2n ** 63n)}; ${overflow}`],
  [`INCRBY m ${2n ** 63n}; INCRBY m ${-(2n ** 63n) - 1n}`, `${integer}; ${integer}`],
])('%s', (commands, replies) => {
  expect(talk().say(commands)).toBe(replies);
});
