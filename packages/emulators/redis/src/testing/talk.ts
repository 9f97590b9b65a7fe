import type { Session } from '../commands/command.ts';
import { createDispatch } from '../dispatch.ts';
import { createKeyspace, type Keyspace } from '../keyspace.ts';
import { createCommandParser } from '../parse-commands.ts';
import { encode } from '../replies.ts';

/** The clock's first moment, in epoch milliseconds. */
export const now = 1_800_000_000_000;

/** A connection without a socket. */
export interface Talk {
  readonly keyspace: Keyspace;
  readonly session: Session;
  readonly sessions: Set<Session>;
  /** Passes so many milliseconds. */
  pass(milliseconds: number): void;
  /** Sends commands typed as lines, `; ` between them, and returns the replies so: `+OK; $1 v; :1`. */
  say(commands: string): string;
}

/** A connection, to a server of its own, with a keyspace of 10,000 bytes and a clock that stands. */
export function talk(more: Partial<Session> = {}): Talk {
  let clock = now;
  const keyspace = createKeyspace(10_000, () => clock);
  const session: Session = {
    id: 7,
    host: '127.0.0.1',
    port: 6379,
    version: 2,
    clientName: '',
    password: undefined,
    isAuthenticated: true,
    isLeaving: false,
    isOfReplica: false,
    ...more,
  };
  const sessions = new Set([session]);
  const dispatch = createDispatch(keyspace, session, sessions);
  return {
    keyspace,
    session,
    sessions,
    pass(milliseconds) {
      clock += milliseconds;
    },
    say(commands) {
      const bytes = Buffer.from(`${commands.replaceAll('; ', '\r\n')}\r\n`);
      return [...createCommandParser().push(bytes)]
        .map((command) => encode(dispatch(command), session.version).toString('latin1'))
        .map((reply) => reply.trimEnd().replaceAll('\r\n', ' '))
        .join('; ');
    },
  };
}
