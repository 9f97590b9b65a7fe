import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Backend, type BridgeOptions, createBridge } from './bridge.ts';
import { kinds, message } from './messages.ts';

const password = 'pä:ss@word/1';
const servers: Server[] = [];
/** The messages that reached the database. */
const executed: Buffer[] = [];
const failures: unknown[] = [];
let port: number;

/** AuthenticationOk and ReadyForQuery. */
const greeting = Buffer.concat([message(0x52, [0, 0, 0, 0]), message(0x5a, 'I')]);
/** A database that has nothing to say to any statement. */
const backend: Backend = {
  greet: async () => greeting,
  execute: async (bytes) => {
    executed.push(bytes);
    return Buffer.concat([message(0x43, 'SELECT 0\0'), message(0x5a, 'I')]);
  },
};

async function start(options: Partial<BridgeOptions> = {}): Promise<number> {
  const fail = (error: unknown): void => void failures.push(error);
  const server = createServer(createBridge({ backend, password, fail, ...options }));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

beforeEach(async () => {
  port = await start();
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    const closed = once(server, 'close');
    server.close();
    await closed;
  }
  expect(failures).toEqual([]);
  executed.length = 0;
});

/** Sends bytes, and returns what comes back until the server ends the connection. */
async function raw(bytes: Buffer, at = port): Promise<Buffer> {
  const socket = connect(at, '127.0.0.1');
  const answer: Buffer[] = [];
  socket.on('data', (chunk) => answer.push(chunk));
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(answer);
}

function startup(...words: string[]): Buffer {
  const body = Buffer.from(words.map((word) => `${word}\0`).join(''));
  const head = Buffer.from([0, 0, 0, 9 + body.length, 0, 3, 0, 0]);
  return Buffer.concat([head, body, Buffer.from('\0')]);
}
const secret = (text: string): Buffer => message(kinds.password, `${text}\0`);
const select = message(kinds.query, 'SELECT 1\0');

async function open(given: string, at = port): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: at, user: 'ada', password: given });
  client.on('error', () => {});
  await client.connect();
  return client;
}

describe('the password', () => {
  it('lets a client in', async () => {
    const client = await open(password);
    await client.query('SELECT 1');
    await client.end();
    expect(executed[0]?.toString()).toContain('SELECT 1');
  });

  it.each([['wrong'], [''], [`${password}x`], [password.slice(1)]])(
    'is refused when it is %j',
    async (given) => {
      await expect(open(given)).rejects.toMatchObject({
        code: '28P01',
        message: 'password authentication failed for user "ada"',
      });
    },
  );

  it('is asked for before anything reaches the database', async () => {
    const refused = await raw(Buffer.concat([startup('user', 'ada'), select, select]));
    expect(refused.toString()).toContain('expected a password, got message type 81');
    const wrong = await raw(Buffer.concat([startup('user', 'ada'), secret('no'), select]));
    expect(wrong.toString()).toContain('C28P01\0');
    // Not even the second one is looked at.
    const second = await raw(
      Buffer.concat([startup('user', 'ada'), secret('no'), secret(password), select]),
    );
    expect(second.toString()).not.toContain('SELECT');
    expect(executed).toEqual([]);
  });

  it('has to be given soon; after that there is time', async () => {
    const at = await start({ authenticationMs: 50 });
    const client = await open(password, at);
    for (const beginning of ['', '\0\0', startup('user', 'ada')])
      await raw(Buffer.from(beginning), at);
    await client.query('SELECT 1');
    await client.end();
  });
});

describe('what is no client of PostgreSQL', () => {
  it.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')],
    ['a TLS greeting', Buffer.from('1603010200010001fc0303', 'hex')],
    ['a length that is too short', Buffer.from([0, 0, 0, 3])],
    ['a length without a version', Buffer.from([0, 0, 0, 4, 0, 0, 0, 4])],
    ['a length that is negative', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['a length above that of a first message', Buffer.from([0, 0, 0x27, 0x11, 0, 3, 0, 0])],
    ['protocol 2', Buffer.from([0, 0, 0, 8, 0, 2, 0, 0])],
    [
      'a password of megabytes',
      Buffer.concat([startup('user', 'ada'), Buffer.from([kinds.password, 0, 0x50, 0, 0])]),
    ],
  ])('is refused at once: %s', async (_, bytes) => {
    expect((await raw(bytes)).toString()).toMatch(/SFATAL\0VFATAL\0C(08P01|0A000)\0/);
  });

  it('does no harm, whatever it sends', async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(startup('user', 'ada'), startup(), secret('no'), select),
      fc.constant(Buffer.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f])),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 5 }), async (pieces) => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => {});
        socket.end(Buffer.concat(pieces));
        socket.resume();
        await once(socket, 'close');
        expect(executed).toEqual([]);
      }),
      { numRuns: 200 },
    );
    const client = await open(password);
    await client.query('SELECT 1');
    await client.end();
  });
});

describe('clients', () => {
  it('are so many and no more, and are told', async () => {
    const at = await start({ maxClients: 2 });
    const clients = [await open(password, at), await open(password, at)];
    await expect(open(password, at)).rejects.toMatchObject({ code: '53300' });
    await clients.pop()?.end();
    await expect
      .poll(() =>
        open(password, at).then(
          (client) => client.end(),
          () => 'refused',
        ),
      )
      .toBeUndefined();
    await clients.pop()?.end();
  });

  it('that only connect are bounded as well', async () => {
    const at = await start({ maxClients: 2 });
    const idle = Array.from({ length: 4 }, () => connect(at, '127.0.0.1'));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    expect(await raw(Buffer.alloc(0), at)).toEqual(Buffer.alloc(0));
    for (const socket of idle) socket.destroy();
  });
});
