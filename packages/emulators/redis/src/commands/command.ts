import type { Keyspace } from '../keyspace.ts';
import type { ProtocolVersion, Reply } from '../replies.ts';

/** One connection. */
export interface Session {
  readonly id: number;
  /** As the client sees this server; a cluster client connects to what it is told. */
  readonly host: string;
  readonly port: number;
  version: ProtocolVersion;
  clientName: string;
  /** The password that AUTH asks for; none where every client is let in. */
  readonly password: string | undefined;
  isAuthenticated: boolean;
  /** It asked for its end: nothing after that is done. */
  isLeaving: boolean;
  /** It leads to a replica, which does not write. */
  isOfReplica: boolean;
}

export interface Call {
  readonly keyspace: Keyspace;
  readonly session: Session;
  /** All open connections. */
  readonly sessions: ReadonlySet<Session>;
  /** The arguments after the command's name. */
  readonly given: readonly Buffer[];
}

export interface CommandSpec {
  /** Number of words with the command's name; negative: at least so many (Redis, "COMMAND"). */
  readonly arity: number;
  /** @throws {ReplyError} */
  run(call: Call): Reply;
}

export type CommandTable = Readonly<Record<string, CommandSpec>>;
