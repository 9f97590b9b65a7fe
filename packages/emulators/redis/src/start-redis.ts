import { type AddressInfo, createServer, type Server } from 'node:net';
import { createRedis, type RedisEmulator, type RedisOptions } from './create-redis.ts';

export interface RunOptions extends RedisOptions {
  /** Addresses of this machine to listen at. */
  readonly addresses: readonly string[];
}

/** A cache that listens. */
export interface RunningRedis extends RedisEmulator {
  /** One port for each address, in their order. */
  readonly ports: readonly number[];
}

/** Starts a cache in this process, at a free port of each address. */
export async function startRedis({ addresses, ...options }: RunOptions): Promise<RunningRedis> {
  const emulator = createRedis(options);
  const servers: Server[] = [];
  for (const address of addresses) {
    const server = createServer(emulator.handle);
    servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, address, resolve);
    });
  }
  return {
    ...emulator,
    ports: servers.map((server) => (server.address() as AddressInfo).port),
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      await emulator.close();
      await Promise.all(closed);
    },
  };
}
