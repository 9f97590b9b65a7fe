import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Session } from './commands/command.ts';
import { createDispatch } from './dispatch.ts';
import { createKeyspace } from './keyspace.ts';
import { createCommandParser } from './parse-commands.ts';
import { encode, ReplyError } from './replies.ts';

export interface CacheOptions {
  /** Addresses of this machine to listen at. */
  readonly addresses: readonly string[];
  /** Above it the entries written longest ago are dropped. @default 64 MB */
  readonly maxBytes?: number;
  /** Epoch milliseconds; the system's clock when left out. */
  readonly now?: () => number;
}

/** A cache of this start. */
export interface Cache {
  /** One port for each address, in their order. */
  readonly ports: readonly number[];
  close(): Promise<void>;
}

/** How often some of what has expired is removed unasked, in milliseconds. */
const sweepMs = 100;

/**
 * A cache in this process that speaks Redis's protocol, RESP 2 and 3, alone or to a cluster client: what a cache is
 * asked (values, expiry, counters, MULTI), in Redis's words also where it refuses. It forgets when it stops.
 */
export async function startCache(options: CacheOptions): Promise<Cache> {
  const keyspace = createKeyspace(options.maxBytes ?? 64 * 1024 * 1024, options.now);
  const sessions = new Set<Session>();
  const sockets = new Set<Socket>();
  let connections = 0;

  function serve(socket: Socket): void {
    connections += 1;
    const session: Session = {
      id: connections,
      host: socket.localAddress ?? '',
      port: socket.localPort ?? 0,
      version: 2,
      clientName: '',
      isLeaving: false,
    };
    const dispatch = createDispatch(keyspace, session, sessions);
    const parser = createCommandParser();

    function answer(chunk: Buffer): void {
      const replies: Buffer[] = [];
      try {
        for (const command of parser.push(chunk)) {
          const reply = dispatch(command);
          replies.push(encode(reply, session.version));
          if (session.isLeaving) break;
        }
      } catch (error) {
        if (!(error instanceof ReplyError)) throw error;
        replies.push(encode(error, session.version));
        // Where the next command would begin, nobody knows.
        session.isLeaving = true;
      }
      if (replies.length === 0 || !socket.writable) return;
      // Who does not read what it asked for is not asked for more.
      if (!socket.write(Buffer.concat(replies))) {
        socket.pause();
        socket.once('drain', () => socket.resume());
      }
      if (session.isLeaving) socket.destroySoon();
    }

    sessions.add(session);
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('data', answer);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sessions.delete(session);
      sockets.delete(socket);
    });
  }

  const servers: Server[] = [];
  for (const address of options.addresses) {
    const server = createServer(serve);
    servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, address, resolve);
    });
  }
  const sweeping = setInterval(() => keyspace.sweep(), sweepMs);
  return {
    ports: servers.map((server) => (server.address() as AddressInfo).port),
    async close() {
      clearInterval(sweeping);
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}
