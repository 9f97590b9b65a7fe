import { createServer, type RequestListener, type Server } from 'node:http';

async function listen(server: Server, address: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  return bound.port;
}

/** The servers of the cloud's addresses, which all answer alike. */
export interface Servers {
  /** Listens at an address; 0 takes a free port. Returns host and port. @throws {NodeJS.ErrnoException} EADDRINUSE */
  open(address: string, port: number): Promise<string>;
  /** Every address of the cloud: URLs of uploads have that which functions know. */
  readonly origins: readonly string[];
  /** Closes every connection, and resolves when the ports are free. */
  close(): Promise<void>;
}

/** Opens none yet. */
export function createServers(answer: RequestListener): Servers {
  const servers: Server[] = [];
  const origins: string[] = [];
  return {
    async open(address, port) {
      const server = createServer({ keepAliveTimeout: 65_000 }, answer);
      const bound = await listen(server, address, port);
      servers.push(server);
      origins.push(`http://${address}:${bound}`);
      return `${address}:${bound}`;
    },
    origins,
    async close() {
      for (const each of servers) {
        const closed = new Promise((resolve) => each.close(resolve));
        each.closeAllConnections();
        await closed;
      }
    },
  };
}
