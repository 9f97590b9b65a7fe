import type { Socket } from 'node:net';
import type { Session } from './commands/command.ts';
import { createDispatch } from './dispatch.ts';
import { createKeyspace } from './keyspace.ts';
import { type Command, createCommandParser } from './parse-commands.ts';
import { encode, ReplyError } from './replies.ts';

export interface RedisOptions {
  /** Above it the entries written longest ago are dropped. @default 64 MB */
  readonly maxBytes?: number;
  /** Epoch milliseconds; the system's clock when left out. */
  readonly now?: () => number;
  /** The password that clients give by AUTH or HELLO, as with `requirepass`; none is asked for when left out. */
  readonly password?: string;
  /** How long a connection may take to give it, in milliseconds. @default 10000 */
  readonly authenticationMs?: number;
  /** Connections above it are refused. @default 1000 */
  readonly maxClients?: number;
  /** Called with a line for a person when something tries what no client of a cache does. */
  report?(line: string): void;
}

/** Controls of a cache for tests. */
export interface RedisService {
  /**
   * Another server is the primary from now on: this is what open connections, and the next `stale` ones, take for it, a replica that
   * refuses to write. Connections after those lead to the new primary, with the same entries.
   */
  failOver(stale?: number): void;
}

/** A cache in this process. */
export interface RedisEmulator {
  readonly service: RedisService;
  /** Serves a connection. */
  handle(socket: Socket): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** How often some of what has expired is removed unasked, in milliseconds. */
const sweepMs = 100;

/** Words that are no commands but the lines of an HTTP request, which a web page can send to any port. */
const isHttp = ([word]: Command): boolean =>
  /^(?:post|host:)$/i.test(word?.toString('latin1') ?? '');

const attack =
  'The embedded cache has closed a connection that spoke HTTP: a web page, or a program, takes its port for that of a web server.';

/**
 * Creates a cache in this process that speaks Redis's protocol, RESP 2 and 3, alone or to a cluster client: what a
 * cache is asked (values, expiry, counters, MULTI), in Redis's words also where it refuses. It forgets when it stops.
 */
export function createRedis(options: RedisOptions = {}): RedisEmulator {
  const keyspace = createKeyspace(options.maxBytes ?? 64 * 1024 * 1024, options.now);
  const sessions = new Set<Session>();
  const sockets = new Set<Socket>();
  const { password, authenticationMs = 10_000, maxClients = 1000 } = options;
  let connections = 0;
  let staleConnections = 0;
  let hasReported = false;

  function handle(socket: Socket): void {
    connections += 1;
    socket.on('error', () => socket.destroy());
    if (sockets.size >= maxClients) {
      socket.end('-ERR max number of clients reached\r\n').resume().destroySoon();
      return;
    }
    const isStale = staleConnections > 0;
    if (isStale) staleConnections -= 1;
    const session: Session = {
      id: connections,
      host: socket.localAddress ?? '',
      port: socket.localPort ?? 0,
      version: 2,
      clientName: '',
      password,
      isAuthenticated: password === undefined,
      isLeaving: false,
      isOfReplica: isStale,
    };
    const dispatch = createDispatch(keyspace, session, sessions);
    const parser = createCommandParser(() => session.isAuthenticated);
    const patience = session.isAuthenticated
      ? undefined
      : setTimeout(() => session.isAuthenticated || socket.destroy(), authenticationMs);

    /** Without a word, as Redis does; what came with it is not looked at. */
    function hangUp(): void {
      session.isLeaving = true;
      socket.destroy();
      if (!hasReported) options.report?.(attack);
      hasReported = true;
    }

    function answer(chunk: Buffer): void {
      if (session.isLeaving) return;
      const replies: Buffer[] = [];
      try {
        for (const command of parser.push(chunk)) {
          if (isHttp(command)) {
            hangUp();
            return;
          }
          const reply = dispatch(command);
          replies.push(encode(reply, session.version));
          if (session.isLeaving) break;
        }
      } catch (error) {
        if (!(error instanceof ReplyError)) throw error;
        replies.push(encode(error, session.version));
        // The beginning of the next command is not known.
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
    socket.once('close', () => {
      clearTimeout(patience);
      sessions.delete(session);
      sockets.delete(socket);
    });
  }

  const sweeping = setInterval(() => keyspace.sweep(), sweepMs);
  return {
    service: {
      failOver(stale = 0) {
        for (const session of sessions) session.isOfReplica = true;
        staleConnections = stale;
      },
    },
    handle,
    async close() {
      clearInterval(sweeping);
      for (const socket of sockets) socket.destroy();
    },
  };
}
