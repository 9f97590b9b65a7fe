import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from './http-connection.ts';

const answer = (body: string, ...headers: readonly string[]): string =>
  ['HTTP/1.1 200 OK', `content-length: ${body.length}`, ...headers, '', body].join('\r\n');

/** What the server does with each connection: the n-th one gets the n-th answers, one for each request. */
let script: readonly (readonly (string | ((socket: Socket) => void))[])[];
let asked: string[][];
let sockets: Socket[];
let server: Server;
let connection: Connection;

beforeEach(async () => {
  script = [];
  asked = [];
  sockets = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    const number = sockets.push(socket) - 1;
    const own: string[] = [];
    asked.push(own);
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      const step = script[number]?.[own.length];
      own.push(piece.toString());
      if (typeof step === 'function') step(socket);
      else if (step !== undefined) socket.write(step);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connection = connect(`127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

const get = (path = '/'): Promise<string> =>
  connection.ask(path, { method: 'GET' }).then(({ body }) => body.toString());

/** Ends the server's side of a connection, and waits until the other side has ended it too. */
async function end(socket: Socket | undefined): Promise<void> {
  const gone = socket && once(socket, 'end');
  socket?.end();
  await gone;
}

describe('one connection', () => {
  it('is kept for the next request', async () => {
    script = [[answer('one'), answer('two')]];
    expect([await get('/a'), await get('/b')]).toEqual(['one', 'two']);
    expect(asked[0]?.map((text) => text.split('\r\n')[0])).toEqual([
      'GET /a HTTP/1.1',
      'GET /b HTTP/1.1',
    ]);
    expect(sockets).toHaveLength(1);
  });

  it('says how long a body is, and who is asked', async () => {
    script = [[answer('')]];
    const headers = { 'x-name': 'value' };
    await connection.ask('/', { method: 'POST', headers, body: 'ü' });
    const { port } = server.address() as AddressInfo;
    expect(asked[0]).toEqual([
      `POST / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-name: value\r\ncontent-length: 2\r\n\r\nü`,
    ]);
  });

  it('has no length where there is no body', async () => {
    script = [[answer('')]];
    await get();
    expect(asked[0]?.[0]).not.toContain('content-length');
  });

  it('is not kept when the answer says that it closes', async () => {
    script = [[answer('one', 'connection: close')], [answer('two')]];
    expect([await get(), await get()]).toEqual(['one', 'two']);
  });

  it('is replaced when the server has ended it between two requests', async () => {
    script = [[answer('one')], [answer('two'), answer('three')]];
    expect(await get()).toBe('one');
    await end(sockets[0]);
    expect([await get(), await get()]).toEqual(['two', 'three']);
    expect(sockets).toHaveLength(2);
  });

  it('is replaced when it was reset between two requests', async () => {
    script = [[answer('one')], [answer('two')]];
    expect(await get()).toBe('one');
    sockets[0]?.resetAndDestroy();
    await expect.poll(() => get().catch(() => 'reset')).toBe('two');
  });

  it('ends the body of an answer without a length', async () => {
    script = [[(socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nbody')], [answer('two')]];
    expect([await get(), await get()]).toEqual(['body', 'two']);
  });
});

describe('a request fails', () => {
  it('when the connection is closed before its answer', async () => {
    script = [[(socket) => socket.end()], [answer('two')]];
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await get()).toBe('two');
  });

  it('when nothing listens', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expect(connect(`127.0.0.1:${port}`).ask('/', { method: 'GET' })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  it('when the answer is not HTTP, and its connection is not used again', async () => {
    script = [['SSH-2.0-OpenSSH\r\n\r\n'], [answer('two')]];
    await expect(get()).rejects.toThrow('did not answer in HTTP/1.1');
    expect(await get()).toBe('two');
  });
});

describe('leaving', () => {
  it('lets an answer come that is under way', async () => {
    const left = Promise.withResolvers<void>();
    const answerLate = (socket: Socket): void => {
      left.resolve();
      socket.end(answer('late'));
    };
    script = [[(socket) => void socket.once('end', () => answerLate(socket))]];
    const coming = get();
    await expect.poll(() => asked[0]?.length).toBe(1);
    connection.leave();
    await left.promise;
    expect(await coming).toBe('late');
  });

  it('takes back a request that was not sent yet', async () => {
    const refused = expect(get()).rejects.toThrow();
    connection.leave();
    await refused;
    expect(asked.flat()).toEqual([]);
  });

  it('does nothing when nothing is asked', async () => {
    script = [[answer('one'), answer('two')]];
    await get();
    connection.leave();
    expect(await get()).toBe('two');
  });
});
