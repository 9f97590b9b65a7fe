import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, counts, and breaks what is to be broken. */
export interface FaultyProxy {
  /** The server's URL, by way of the proxy. */
  readonly url: string;
  /** How many connections were taken, and the most that were open at once. */
  readonly taken: number;
  readonly mostOpen: number;
  /** The bytes that clients have sent, connection by connection. */
  readonly sent: readonly Buffer[];
  /** The server is dead: connections break, new ones are refused. */
  kill(): Promise<void>;
  /** Connections break, as those that lay idle for long; new ones are taken. */
  breakConnections(): void;
  /** The server hangs: connections are taken, nothing is answered. */
  hang(): void;
  /** The server answers this to everything. */
  babble(answer: string): void;
  /** The server is well, again. */
  heal(): Promise<void>;
  /** Forgets what was counted. */
  reset(): void;
  close(): Promise<void>;
}

/** @param target URL of the server, with its port. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Map<Socket, Socket>();
  const sent = new Map<Socket, Buffer>();
  let taken = 0;
  let mostOpen = 0;
  let mood: 'well' | 'hangs' | string = 'well';

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    pairs.set(client, upstream);
    taken += 1;
    mostOpen = Math.max(mostOpen, pairs.size);
    const end = () => {
      pairs.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      socket.on('error', end);
      socket.on('close', end);
    }
    client.on('data', (chunk) => {
      sent.set(client, Buffer.concat([sent.get(client) ?? Buffer.alloc(0), chunk]));
      if (mood === 'well') upstream.write(chunk);
      else if (mood !== 'hangs') client.write(mood);
    });
    upstream.on('data', (chunk) => {
      if (mood === 'well') client.write(chunk);
    });
  });
  const listen = async (at: number): Promise<number> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const own = await listen(0);

  const breakConnections = (): void => {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  };
  const stopListening = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    breakConnections();
    await closed;
  };
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${own}` }).href,
    get taken() {
      return taken;
    },
    get mostOpen() {
      return mostOpen;
    },
    get sent() {
      return [...sent.values()];
    },
    kill: stopListening,
    breakConnections,
    hang() {
      mood = 'hangs';
    },
    babble(answer) {
      mood = answer;
    },
    async heal() {
      // A connection that missed an answer can not be used any more.
      if (mood !== 'well') breakConnections();
      mood = 'well';
      if (!server.listening) await listen(own);
    },
    reset() {
      sent.clear();
      taken = 0;
      mostOpen = 0;
    },
    close: stopListening,
  };
}
