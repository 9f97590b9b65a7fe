import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Redis } from 'iovalkey';
import { testRedisUrl } from './env.ts';

/** An empty cache of its own. */
export interface TestCache {
  readonly url: string;
  close(): Promise<void>;
}

/** A cache that can be made to fail over, which a server that other tests use as well cannot. */
export interface StandIn extends TestCache {
  /** Another server is the primary: open connections, and the next `stale` ones, lead to what is a replica by now. */
  failOver(stale?: number): void;
}

/** Where caches for tests come from. */
export interface RedisServer {
  readonly name: string;
  /** @param database of the sixteen that Redis has, one per test file. */
  create(database: number): Promise<TestCache>;
}

interface Entry {
  readonly value: string;
  readonly expiresAt: number;
}

type Reply = string | number | null;

/** All slots are here: what a client of the cluster protocol asks for first. */
const clusterSlots = (port: number): string =>
  `*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$9\r\n127.0.0.1\r\n:${port}\r\n$1\r\nn\r\n`;

/** Answers the commands that the feature store, and its tests, use; the rest with OK. */
function execute(entries: Map<string, Entry>, name: string, args: readonly string[]): Reply {
  const [key = '', value = ''] = args;
  const found = entries.get(key);
  const live = found !== undefined && found.expiresAt > Date.now() ? found : undefined;
  switch (name) {
    case 'get':
      return live?.value ?? null;
    case 'set': {
      const options = args.map((one) => one.toUpperCase());
      if (options.includes('NX') && live !== undefined) return null;
      const px = Number(args[options.indexOf('PX') + 1]);
      entries.set(key, { value, expiresAt: options.includes('PX') ? Date.now() + px : Infinity });
      return 'OK';
    }
    case 'del':
      return entries.delete(key) ? 1 : 0;
    case 'flushdb':
      entries.clear();
      return 'OK';
    case 'pttl':
      return live === undefined ? -2 : live.expiresAt - Date.now();
    default:
      return 'OK';
  }
}

const writes: ReadonlySet<string> = new Set(['set', 'del', 'flushdb']);
const readOnly = "-READONLY You can't write against a read only replica.\r\n";

function encode(name: string, reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  return name === 'get' ? `$${reply.length}\r\n${reply}\r\n` : `+${reply}\r\n`;
}

/** Takes whole commands off the text: `*2\r\n$3\r\nGET\r\n$1\r\nk\r\n`. One character is one byte. */
function* commandsIn(buffer: { text: string }): Generator<readonly string[]> {
  for (;;) {
    const head = /^\*(\d+)\r\n/.exec(buffer.text);
    if (head === null) return;
    const parts: string[] = [];
    let at = head[0].length;
    while (parts.length < Number(head[1])) {
      const size = /^\$(\d+)\r\n/.exec(buffer.text.slice(at, at + 20));
      if (size === null) return;
      const start = at + size[0].length;
      at = start + Number(size[1]) + 2;
      if (at > buffer.text.length) return;
      parts.push(buffer.text.slice(start, at - 2));
    }
    buffer.text = buffer.text.slice(at);
    yield parts;
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A few commands of the Redis protocol in this process, so that the tests need nothing installed. */
const standIn: RedisServer = { name: 'a stand-in for Redis', create: startStandIn };

/** The stand-in, with what only it can do. */
export async function startStandIn(): Promise<StandIn> {
  const entries = new Map<string, Entry>();
  const sockets = new Set<Socket>();
  const replicas = new WeakSet<Socket>();
  let staleConnections = 0;
  const server = createServer((socket) => {
    if (staleConnections > 0) {
      staleConnections -= 1;
      replicas.add(socket);
    }
    const buffer = { text: '' };
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      buffer.text += chunk.toString('latin1');
      for (const command of commandsIn(buffer)) {
        const name = command[0]?.toLowerCase() ?? '';
        const reply =
          name === 'cluster'
            ? clusterSlots(portOf(server))
            : replicas.has(socket) && writes.has(name)
              ? readOnly
              : encode(name, execute(entries, name, command.slice(1)));
        socket.write(reply, 'latin1');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${portOf(server)}`,
    failOver(stale = 0) {
      for (const socket of sockets) replicas.add(socket);
      staleConnections = stale;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A Redis or Valkey that runs elsewhere. */
function running(url: string): RedisServer {
  return {
    name: 'Redis',
    async create(database) {
      const own = Object.assign(new URL(url), { pathname: `/${database}` }).href;
      const client = new Redis(own);
      await client.flushdb();
      return {
        url: own,
        async close() {
          await client.flushdb();
          client.disconnect();
        },
      };
    },
  };
}

const url = testRedisUrl();

/** What tests of the cache run against, each. */
export const redisServers: readonly RedisServer[] = [
  standIn,
  ...(url === undefined ? [] : [running(url)]),
];
