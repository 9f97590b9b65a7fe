import { describe, expect, it } from 'vitest';
import { talk } from '../testing/talk.ts';

const syntax = '-ERR syntax error';
const refused = '-NOAUTH Authentication required.';
const wrongPassword = '-WRONGPASS invalid username-password pair or user is disabled.';
const noName = '-ERR Client names cannot contain spaces, newlines or special characters.';
const arity = (name: string) => `-ERR wrong number of arguments for '${name}' command`;
const unknown = (name: string) => `-ERR unknown subcommand 'ODD'. Try ${name} HELP.`;
const node = `$40 ${'0'.repeat(40)}`;

it.each([
  ['PING; PING hi; PING a b', `+PONG; $2 hi; ${arity('ping')}`],
  ['ECHO hi; ECHO', `$2 hi; ${arity('echo')}`],
  ['SELECT 0; SELECT 1', '+OK; -ERR DB index is out of range'],
  ['READONLY; READWRITE; READONLY x', `+OK; +OK; ${arity('readonly')}`],
  ['COMMAND COUNT; COMMAND DOCS', ':0; *0'],
  ['CLIENT ID; CLIENT GETNAME', ':7; $-1'],
  ['CLIENT SETNAME !~; CLIENT GETNAME', '+OK; $2 !~'],
  ['CLIENT SETNAME; CLIENT SETNAME a b', `${syntax}; ${syntax}`],
  ['CLIENT SETNAME "a b"; CLIENT GETNAME', `${noName}; $-1`],
  ['CLIENT SETINFO a b; CLIENT NO-EVICT on; CLIENT ODD', `+OK; +OK; ${unknown('CLIENT')}`],
  ['CLIENT INFO; CLIENT LIST', '$23 id=7 name= db=0 resp=2; $23 id=7 name= db=0 resp=2'],
  ['CONFIG GET save max*', '*4 $16 maxmemory-policy $11 allkeys-lru $4 save $0'],
  ['CONFIG GET x*; CONFIG ODD x', `*0; ${unknown('CONFIG')}`],
  ['CLUSTER MYID; CLUSTER ODD', `${node}; ${unknown('CLUSTER')}`],
  ['CLUSTER SLOTS', `*1 *3 :0 :16383 *4 $9 127.0.0.1 :6379 ${node} *0`],
  ['AUTH default x; AUTH other x; AUTH a b c', `+OK; ${wrongPassword}; ${syntax}`],
  ['MULTI; SET a 1; GET a; DISCARD; GET a', '+OK; +QUEUED; +QUEUED; +OK; $-1'],
  ['MULTI; INCR n; EXEC; DISCARD', '+OK; +QUEUED; *1 :1; -ERR DISCARD without MULTI'],
  ['GET; GET a b; DBSIZE x', `${arity('get')}; ${arity('get')}; ${arity('dbsize')}`],
])('%s', (commands, replies) => {
  expect(talk().say(commands)).toBe(replies);
});

it('does what it can of a transaction, and nothing of one that was spoilt before', () => {
  expect(talk().say('MULTI; SET n x; INCR n; SET m 1; EXEC')).toBe(
    '+OK; +QUEUED; +QUEUED; +QUEUED; *3 +OK -ERR value is not an integer or out of range +OK',
  );
  expect(talk().say('MULTI; GET; EXEC; MULTI; PING; EXEC')).toBe(
    `+OK; ${arity('get')}; -EXECABORT Transaction discarded because of previous errors.; +OK; +QUEUED; *1 +PONG`,
  );
});

describe('HELLO', () => {
  const hello = (version: number, kind: string) =>
    `${kind} $6 server $5 redis $7 version $5 7.4.0 $5 proto :${version} $2 id :7 $4 mode $10 standalone $4 role $6 master $7 modules *0`;

  it('brings RESP 3 to who asks for it, and tells who is asked', () => {
    const { say, session } = talk();
    expect(say('HELLO 3 SETNAME me; CONFIG GET save; GET none; HELLO; HELLO 2')).toBe(
      [hello(3, '%7'), '%1 $4 save $0', '_', hello(3, '%7'), hello(2, '*14')].join('; '),
    );
    expect(session.clientName).toBe('me');
  });

  it.each([
    ['HELLO 1', '-NOPROTO unsupported protocol version'],
    ['HELLO 4', '-NOPROTO unsupported protocol version'],
    ['HELLO 3 SETNAME', "-ERR Syntax error in HELLO option 'SETNAME'"],
    ['HELLO 3 AUTH default', "-ERR Syntax error in HELLO option 'AUTH'"],
    ['HELLO 3 ODD', "-ERR Syntax error in HELLO option 'ODD'"],
  ])('is refused as %s, and changes nothing', (line, reply) => {
    const { say, session } = talk();
    expect(say(line)).toBe(reply);
    expect(session.version).toBe(2);
  });
});

it('without the password only AUTH, HELLO and QUIT are done', () => {
  const { say, session } = talk({ password: 'p', isAuthenticated: false });
  expect(say('SET a 1; PING; MULTI; NONE; AUTH q; HELLO 2 AUTH default q')).toBe(
    [refused, refused, refused, refused, wrongPassword, wrongPassword].join('; '),
  );
  expect(session.isAuthenticated).toBe(false);
  expect(say('HELLO 2 AUTH default p SETNAME me')).toMatch(/^\*14 /);
  expect(say('SET a 1; CLIENT GETNAME')).toBe('+OK; $2 me');
});

it('a replica reads and does not write, by any command', () => {
  const { say, session } = talk();
  say('SET a 1');
  session.isOfReplica = true;
  const writes = [
    'SET a 2; SETEX a 1 2; PSETEX a 1 2; SETNX b 1; GETDEL a; MSET a 2',
    'INCR a; INCRBY a 1; DECR a; DECRBY a 1; DEL a; UNLINK a; FLUSHALL; FLUSHDB',
    'EXPIRE a 1; PEXPIRE a 1; EXPIREAT a 1; PEXPIREAT a 1; PERSIST a',
  ];
  expect(new Set(writes.flatMap((each) => say(each).split('; ')))).toEqual(
    new Set(["-READONLY You can't write against a read only replica."]),
  );
  expect(say('GET a; MGET a; STRLEN a; EXISTS a; TTL a; TYPE a; KEYS *; DBSIZE')).toBe(
    '$1 1; *1 $1 1; :1; :1; :-1; +string; *1 $1 a; :1',
  );
});
