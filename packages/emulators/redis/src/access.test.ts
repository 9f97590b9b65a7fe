import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Cluster, Redis } from 'iovalkey';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningRedis, type RunOptions, startRedis } from './start-redis.ts';

const password = 'pä:ss@word/1';
const lines: string[] = [];
const caches: RunningRedis[] = [];
const clients: { disconnect(): void }[] = [];
let port: number;

async function start(options: Partial<RunOptions> = {}): Promise<number> {
  const report = (line: string): void => void lines.push(line);
  const cache = await startRedis({ addresses: ['127.0.0.1'], password, report, ...options });
  caches.push(cache);
  return cache.ports[0] ?? 0;
}

beforeEach(async () => {
  port = await start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  for (const cache of caches.splice(0)) await cache.close();
  lines.length = 0;
});

/** A client that says what is wrong instead of trying again. */
function open(userInfo: string, at = port): Redis {
  const client = new Redis(`redis://${userInfo}127.0.0.1:${at}`, {
    retryStrategy: () => null,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => {});
  clients.push(client);
  return client;
}

/** Sends texts as they are, and returns what comes back until the server ends the connection. */
async function raw(text: string, at = port): Promise<string> {
  const socket = connect(at, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const encoded = encodeURIComponent(password);

describe('the password', () => {
  it.each([
    ['alone', `:${encoded}@`],
    ['with the user', `default:${encoded}@`],
  ])('lets in who gives it %s', async (_, userInfo) => {
    expect(await open(userInfo).set('k', 'v')).toBe('OK');
  });

  it('lets in a cluster client', async () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port }], { redisOptions: { password } });
    clients.push(cluster);
    expect(await cluster.set('k', 'v')).toBe('OK');
  });

  it('is asked for before anything else', async () => {
    const secret = open(`:${encoded}@`);
    await secret.set('k', 'secret');
    const answers = await raw(
      'GET k\r\nMULTI\r\nFLUSHALL\r\nEXEC\r\nNONE\r\nPING\r\nHELLO 3\r\nHELLO 3 SETNAME x\r\nQUIT\r\n',
    );
    const refused = answers.split('\r\n');
    expect(refused.slice(0, 6)).toEqual(
      refused.slice(0, 6).map(() => '-NOAUTH Authentication required.'),
    );
    expect(refused[6]).toMatch(
      /^-NOAUTH HELLO must be called with the client already authenticated/,
    );
    expect(refused.slice(7)).toEqual([refused[6], '+OK', '']);
    expect(await secret.get('k')).toBe('secret');
  });

  it('is the right one, of the right user', async () => {
    const wrong = '-WRONGPASS invalid username-password pair or user is disabled.';
    const hello = `HELLO 3 AUTH default ${password}`;
    const all = [
      'AUTH wrong',
      `AUTH other ${password}`,
      'AUTH default wrong',
      'HELLO 3 AUTH default wrong',
      'AUTH ""',
      'AUTH',
      'AUTH a b c',
      'GET k',
      `AUTH ${password}`,
      'GET k',
      'AUTH wrong',
      'GET k',
      hello,
      'QUIT',
    ];
    const answers = (await raw(`${all.join('\r\n')}\r\n`)).split('\r\n');
    expect(answers.slice(0, 12)).toEqual([
      ...Array.from({ length: 5 }, () => wrong),
      "-ERR wrong number of arguments for 'auth' command",
      '-ERR syntax error',
      '-NOAUTH Authentication required.',
      '+OK',
      '$-1',
      wrong,
      '$-1',
    ]);
    expect(answers[12]).toBe('%7');
  });

  it('has to be given soon', async () => {
    const at = await start({ authenticationMs: 50 });
    const authenticated = open(`:${encoded}@`, at);
    await authenticated.ping();
    const socket: Socket = connect(at, '127.0.0.1');
    socket.write('*2\r\n$4\r\nAU');
    await once(socket, 'close');
    expect(await authenticated.ping()).toBe('PONG');
  });

  it('has to come before much else does', async () => {
    expect(await raw('*11\r\n')).toBe('-ERR Protocol error: unauthenticated multibulk length\r\n');
    expect(await raw('*1\r\n$16385\r\n')).toBe(
      '-ERR Protocol error: unauthenticated bulk length\r\n',
    );
    const client = open(`:${encoded}@`);
    await client.set('k', 'x'.repeat(16_385));
    expect(await client.del(Array.from({ length: 20 }, (_, index) => `k${index}`))).toBe(0);
  });
});

describe('HTTP', () => {
  const body = `AUTH ${password}\r\nSET stolen 1\r\n`;

  it.each([
    ['by its method', `POST / HTTP/1.1\r\n${body}`, /^$/],
    ['in any letters', `post / HTTP/1.1\r\n${body}`, /^$/],
    ['as a command', `*2\r\n$4\r\nPOST\r\n$1\r\n/\r\n${body}`, /^$/],
    [
      'by its host',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${body}`,
      // As of Redis, what stood before may be answered.
      /^(-NOAUTH Authentication required\.\r\n)?$/,
    ],
  ])('is recognised %s, and nothing after it is done', async (_, request, answer) => {
    expect(await raw(request)).toMatch(answer);
    expect(await open(`:${encoded}@`).get('stolen')).toBeNull();
  });

  it('is reported once', async () => {
    for (let index = 0; index < 3; index += 1) await raw('POST / HTTP/1.1\r\n\r\n');
    expect(lines).toEqual([expect.stringContaining('closed a connection that spoke HTTP')]);
  });
});

describe('connections', () => {
  it('are so many and no more', async () => {
    const at = await start({ maxClients: 2 });
    const [first, second] = [open(`:${encoded}@`, at), open(`:${encoded}@`, at)];
    await Promise.all([first.ping(), second.ping()]);
    expect(await raw('PING\r\n', at)).toBe('-ERR max number of clients reached\r\n');
    second.disconnect();
    await expect
      .poll(() =>
        open(`:${encoded}@`, at)
          .ping()
          .catch(() => 'refused'),
      )
      .toBe('PONG');
    expect(await first.ping()).toBe('PONG');
  });
});
