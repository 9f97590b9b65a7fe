import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy before a PostgreSQL server that counts what its clients do. */
export interface QueryCounter {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /** Queries that read the features of places, so far. */
  queries(): number;
  /** Most connections that were open at once. */
  mostConnections(): number;
  close(): Promise<void>;
}

/** Messages of the frontend: `Q` is a simple query, `E` executes a prepared one. */
const queryTypes: readonly number[] = [...'QE'].map((type) => type.charCodeAt(0));

/**
 * Counts the queries in a client's bytes, which come in any pieces. The first message has no type byte.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function createMessageCounter(): (chunk: Buffer) => number {
  let pending = Buffer.alloc(0);
  let isStarted = false;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    let found = 0;
    for (;;) {
      const typeBytes = isStarted ? 1 : 0;
      if (pending.length < typeBytes + 4) return found;
      const length = typeBytes + pending.readUInt32BE(typeBytes);
      if (pending.length < length) return found;
      if (isStarted && queryTypes.includes(pending[0] ?? 0)) found += 1;
      isStarted = true;
      pending = pending.subarray(length);
    }
  };
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function countQueries(databaseUrl: string): Promise<QueryCounter> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let queries = 0;
  let connections = 0;
  let most = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const count = createMessageCounter();
    connections += 1;
    most = Math.max(most, connections);
    client.on('data', (chunk: Buffer) => {
      queries += count(chunk);
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.once('close', () => {
      connections -= 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    queries: () => queries,
    mostConnections: () => most,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
