import type { BadRequest } from './http-bytes.ts';
import type { Random } from './random.ts';
import type { Targets } from './targets.ts';

type Make = (targets: Targets, random: Random) => BadRequest;

/** Makes bytes that no HTTP parser should take, or that break off. */
const rawHttp: Make = ({ host, jsonPaths }, random) => {
  const path = random.pick(jsonPaths);
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
  const get = `GET /v2 HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;
  const [what, text, hangsUp = false] = random.pick<readonly [string, string | Buffer, boolean?]>([
    [
      'a length and chunks',
      `${head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`,
    ],
    ['odd chunking', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['hidden chunking', `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['unknown chunking', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`],
    ['a negative length', `${head}Content-Length: -1\r\n\r\n{}`],
    ['a length that is no number', `${head}Content-Length: 0x2\r\n\r\n{}`],
    ['a length beyond all', `${head}Content-Length: 99999999999999999999\r\n\r\n{}`],
    [
      '100 GB announced',
      `${head}Connection: close\r\nContent-Length: 100000000000\r\n\r\n{}`,
      true,
    ],
    ['a chunk of no size', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['a chunk beyond all', `${head}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`],
    ['too short a length', `${head}Connection: close\r\nContent-Length: 2\r\n\r\n{}{}{}`],
    ['no host', 'GET /v2 HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two hosts', `GET /v2 HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`],
    [
      'an odd host',
      `GET /v2 HTTP/1.1\r\nHost: ${random.pick(['[', ':x', 'a b', '@', ''])}\r\nConnection: close\r\n\r\n`,
    ],
    ['HTTP/1.0', 'GET /v2 HTTP/1.0\r\n\r\n'],
    ['HTTP/0.9', 'GET /v2\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/9.9', `GET /v2 HTTP/9.9\r\nHost: ${host}\r\n\r\n`],
    ['TLS', Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), random.bytes(40)])],
    ['random bytes', Buffer.concat([random.bytes(60), Buffer.from('\r\n\r\n')])],
    ['lines without CR', `GET /v2 HTTP/1.1\nHost: ${host}\nConnection: close\n\n`],
    ['a folded header', `${get}X: a\r\n b\r\n\r\n`],
    ['a NUL', `${get}X: a\0b\r\n\r\n`],
    ['a header without a name', `${get}: a\r\n\r\n`],
    ['a header of 40 kB', `${get}X: ${'a'.repeat(40_000)}\r\n\r\n`],
    ['3,000 headers', `${get}${'X: a\r\n'.repeat(3_000)}\r\n`],
    [
      'an upgrade',
      `GET /v2 HTTP/1.1\r\nHost: ${host}\r\nConnection: upgrade, close\r\nUpgrade: ${random.pick(['websocket', 'h2c'])}\r\n\r\n`,
    ],
    ['half a line', 'GET /v2 HT', true],
    ['half of the headers', `${head}Content-Le`, true],
    ['half of the body', `${head}Content-Length: 500\r\n\r\n{"a":`, true],
    ['half of the chunks', `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`, true],
    [
      'half of the gzip',
      Buffer.concat([
        Buffer.from(`${head}Content-Encoding: gzip\r\nContent-Length: 500\r\n\r\n`),
        Buffer.from('1f8b0800000000000003', 'hex'),
      ]),
      true,
    ],
    [
      'nothing after 100-continue',
      `${head}Expect: 100-continue\r\nContent-Length: 500\r\n\r\n`,
      true,
    ],
    ['a whole request, and not its answer', `${head}Content-Length: 2\r\n\r\n{}`, true],
    [
      'requests one after the other',
      [...Array(20).fill(`${get.replace('close', 'keep-alive')}\r\n`), `${get}\r\n`].join(''),
    ],
    ['a request and rubbish', `${get.replace('close', 'keep-alive')}\r\n\0\0\0\r\n\r\n`],
    ['nothing', '', true],
  ]);
  return { what: `raw HTTP: ${what}`, to: 'cloud', bytes: Buffer.from(text as string), hangsUp };
};

const cache: Make = (_targets, random) => {
  const text = random.pick<string | Buffer>([
    'POST / HTTP/1.1\r\nHost: x\r\n\r\nSET x 1\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    '*1000000000\r\n',
    '*-5\r\n',
    '*x\r\n',
    '*1\r\n$1000000000\r\n',
    '*1\r\n$-2\r\n',
    '*1\r\n$3\r\nabcdef',
    '*2\r\n$3\r\nGET\r\n',
    '$3\r\nabc\r\n',
    '*1\r\n$0\r\n\r\n',
    '*0\r\n',
    ':1\r\n',
    '+x\r\n',
    '"\r\n',
    '\r\n',
    '\0\0\0',
    "SET 'x\r\n",
    'x'.repeat(70_000),
    'GET\r\n',
    'SET x\r\n',
    'EVAL "while true do end" 0\r\n',
    'SET x 1 PX 99999999999999999999\r\n',
    'EXPIRE x x\r\n',
    'CONFIG SET dir /tmp\r\n',
    'SCAN -1 COUNT x\r\n',
    'KEYS [\r\n',
    'QUIT\r\nGET x\r\n',
    'MULTI\r\nEXEC x\r\n',
    random.bytes(100),
  ]);
  return {
    what: `cache: ${String(text).slice(0, 20)}`,
    to: 'cache',
    bytes: Buffer.from(text as string),
    hangsUp: true,
  };
};

/** Returns a message of PostgreSQL's protocol whose length may lie. */
function message(
  type: string,
  body: string | Buffer,
  length = Buffer.byteLength(body) + 4,
): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(length);
  return Buffer.concat([Buffer.from(type), size, Buffer.from(body as string)]);
}

const startup = message('', '\0\x03\0\0user\0postgres\0database\0postgres\0\0');

const database: Make = (_targets, random) => {
  const bytes = random.pick<Buffer>([
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    random.bytes(100),
    message('', '\0\x03\0\0', 2_000_000_000),
    message('', '\0\x03\0\0', -1),
    message('', '\0\x02\0\0user\0x\0\0'),
    message('', '\0\x03\0\0user'),
    message('', '\x04\xd2\x16\x2f'),
    message('', '\x04\xd2\x16\x2e\0\0\0\0\0\0\0\0'),
    startup,
    ...[
      message('Q', 'select\0'),
      message('Q', 'select 1'),
      message('Q', '', 3),
      message('Q', '', 2_000_000_000),
      message('Q', '\xff\xfe\0'),
      message('Q', 'select 1; begin; select x\0'),
      message('P', 'x\0select $1\0\0\x01'),
      message('B', '\0nope\0\0\0\0\0\0\0'),
      message('E', 'nope\0\0\0\0\0'),
      message('S', ''),
      message('X', ''),
      message('Z', 'x'),
      message('d', 'x'),
      message('p', 'x'),
      random.bytes(50),
    ].map((more) => Buffer.concat([startup, more])),
  ]);
  return {
    what: `database: ${bytes.subarray(0, 30).toString('latin1')}`,
    to: 'database',
    bytes,
    hangsUp: true,
  };
};

/** Bytes for the ports of the cloud, the cache and the database. */
export const toPorts: readonly Make[] = [rawHttp, rawHttp, rawHttp, cache, database];
