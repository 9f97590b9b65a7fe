import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createBridge } from './bridge.ts';
import { kinds, message, query } from './messages.ts';

const ready = message(0x5a, 'I');
const executed: Buffer[] = [];
let server: Server;
let port: number;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  executed.length = 0;
});

/** A bridge to a database that answers everything with ReadyForQuery, and remembers what it was told. */
async function open(maxClients = 9): Promise<void> {
  const bridge = createBridge({
    password: 'secret',
    maxClients,
    authenticationMs: 60_000,
    fail: (error) => {
      throw error;
    },
    backend: {
      greet: async () => ready,
      execute: async (unit) => {
        executed.push(unit);
        return ready;
      },
    },
  });
  server = createServer(bridge);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
}

interface Talk {
  /** Sends bytes, and returns all that has come once so many bytes have. */
  say(bytes: Buffer, length: number): Promise<string>;
  /** Sends bytes, and returns all that has come when the server has ended the connection. */
  end(bytes: Buffer): Promise<string>;
  readonly socket: Socket;
}

async function talk(): Promise<Talk> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  let got = '';
  socket.on('data', (chunk) => {
    got += chunk.toString('latin1');
  });
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  return {
    socket,
    async say(bytes, length) {
      socket.write(bytes);
      while (got.length < length) await once(socket, 'data');
      const all = got;
      got = '';
      return all;
    },
    async end(bytes) {
      socket.write(bytes);
      await closed;
      return got;
    },
  };
}

/** A connection's first message: its length, a code, a body. */
function first(code: number, body = ''): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

const startup = first(3 << 16, 'user\0me\0\0');
const password = message(kinds.password, 'secret\0');
const asked = message(0x52, [0, 0, 0, 3]).toString('latin1');
const greeted = ready.toString('latin1');

/** A connection that was let in. */
async function session(): Promise<Talk> {
  await open();
  const client = await talk();
  expect(await client.say(startup, asked.length)).toBe(asked);
  expect(await client.say(password, greeted.length)).toBe(greeted);
  return client;
}

it.each([
  ['TLS', 80_877_103],
  ['GSSAPI', 80_877_104],
])('says that it has no %s, and goes on', async (_, code) => {
  await open();
  const client = await talk();
  expect(await client.say(first(code), 1)).toBe('N');
  expect(await client.say(startup, asked.length)).toBe(asked);
});

it.each([
  ['a request to cancel', first(80_877_102, 'x'.repeat(8)), /^$/],
  ['another version', first(2 << 16), /FATAL.*C0A000.*unsupported frontend protocol 2\0/s],
  ['a length that is none', Buffer.alloc(8), /FATAL.*C08P01.*invalid message: a message of 0/s],
])('ends after %s', async (_, bytes, answer) => {
  await open();
  const client = await talk();
  expect(await client.end(Buffer.concat([bytes, startup]))).toMatch(answer);
});

it.each([
  ['another password', message(kinds.password, 'wrong\0'), /C28P01.*failed for user "me"\0/s],
  ['another message', query('SELECT 1'), /C08P01.*expected a password, got message type 81/s],
])('ends after %s instead of the password, and does nothing of it', async (_, bytes, answer) => {
  await open();
  const client = await talk();
  expect(await client.end(Buffer.concat([startup, bytes, query('SELECT 2')]))).toMatch(answer);
  expect(executed).toEqual([]);
});

it('takes so many clients, tells as many more that there are too many, and no others', async () => {
  await open(2);
  const all = [await talk(), await talk()];
  for (const client of all) expect(await client.say(startup, asked.length)).toBe(asked);
  const third = await talk();
  const fourth = await talk();
  const fifth = await talk();
  expect(await fifth.end(startup)).toBe('');
  for (const client of [third, fourth])
    expect(await client.end(startup)).toMatch(/C53300.*too many clients/s);
  all[0]?.socket.destroy();
  const next = async () => {
    const client = await talk();
    client.socket.write(startup);
    const [chunk] = await once(client.socket, 'data');
    return String(chunk).startsWith('R');
  };
  await expect.poll(next).toBe(true);
});

/** The kinds of the messages in a unit. */
function kindsIn(unit: Buffer | undefined): string {
  let found = '';
  for (let at = 0; unit !== undefined && at < unit.length; at += 1 + unit.readInt32BE(at + 1))
    found += String.fromCharCode(unit[at] ?? 0);
  return found;
}

it('gives the database what belongs together at once, with names of the client’s own', async () => {
  const client = await session();
  const parts = [
    message(kinds.parse, 'x\0SELECT 1\0\0\0'),
    message(kinds.bind, '\0x\0\0\0\0\0\0\0'),
    message(kinds.describe, 'Sx\0'),
    message(kinds.execute, '\0\0\0\0\0'),
    message(kinds.sync),
  ];
  expect(await client.say(Buffer.concat(parts), greeted.length)).toBe(greeted);
  expect(executed).toHaveLength(1);
  expect(kindsIn(executed[0])).toMatch(/^PBDEf?S$/);
  expect(executed[0]?.toString('latin1').match(/c1_x\0/g)).toHaveLength(3);
  await client.say(query('SELECT 1'), greeted.length);
  expect(kindsIn(executed[1])).toMatch(/^Qf?$/);
  await client.say(message(kinds.flush), greeted.length);
  expect(kindsIn(executed[2])).toBe('H');
  // Of a COPY that was refused nothing is passed on.
  const copy = [kinds.copyData, kinds.copyDone, kinds.copyFail].map((kind) => message(kind, 'x'));
  await client.say(Buffer.concat([...copy, query('SELECT 2')]), greeted.length);
  expect(executed).toHaveLength(4);
  expect(await client.end(message(kinds.terminate))).toBe('');
  await expect.poll(() => executed.length).toBe(5);
  expect(executed[4]?.toString('latin1')).toContain('Sc1_x\0');
  expect(executed[4]?.toString('latin1')).toContain('ROLLBACK');
});

it('ends after a message that is none, and does nothing of what follows', async () => {
  const client = await session();
  const odd = Buffer.concat([message(0x7a, 'x'), query('SELECT 1')]);
  expect(await client.end(odd)).toMatch(/FATAL.*C08P01.*invalid frontend message type 122/s);
  await expect.poll(() => executed.length).toBe(1);
  expect(executed[0]?.toString('latin1')).toContain('ROLLBACK');
});
