import type { Socket } from 'node:net';
import { hasPassword, passwordRequest, userOf } from './authentication.ts';
import {
  createMessageReader,
  errorResponse,
  kinds,
  maxStrangerBytes,
  message,
} from './messages.ts';
import { parsedName, withOwnNames } from './statement-names.ts';
import { type Client, createTurns } from './turns.ts';

/** The one session of an embedded database. */
export interface Backend {
  /** Returns the answer to a client's StartupMessage. */
  greet(): Promise<Buffer>;
  /** Has it do what whole messages say; the answer is complete. */
  execute(messages: Buffer): Promise<Buffer>;
}

export interface BridgeOptions {
  readonly backend: Backend;
  /** The password that clients give; the user's name may be any. */
  readonly password: string;
  /** How long a connection may take to give it, in milliseconds. @default 10000 */
  readonly authenticationMs?: number;
  /** Clients above it are refused. @default 100, as in PostgreSQL */
  readonly maxClients?: number;
  /** Longest that a client's transaction may stand still, in milliseconds. @default 10000 */
  readonly idleTransactionMs?: number;
  /** Called when the backend is gone for good. */
  fail(error: unknown): void;
}

/** The codes that a connection may begin with (PostgreSQL protocol 3.0, "Message Formats"). */
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;

/**
 * The message after a statement that might be `COPY … FROM STDIN`. The rows would come in messages of their own, and
 * the backend, which is asked for one answer, would wait for them for ever. After other statements a CopyFail is
 * ignored.
 */
const refuseCopy = message(kinds.copyFail, 'the embedded PostgreSQL takes no rows from STDIN\0');

/**
 * PostgreSQL's wire protocol for a database that has one session: many clients, each with whole transactions and
 * prepared statements of its own. As behind a pooler in transaction mode, `SET`, session locks, temporary tables and
 * LISTEN are shared by all clients. A request to cancel is taken and ignored: the backend cannot be interrupted.
 *
 * @returns what a server does with a connection
 */
export function createBridge(options: BridgeOptions): (socket: Socket) => void {
  const { backend, password, idleTransactionMs = 10_000, fail } = options;
  const { authenticationMs = 10_000, maxClients = 100 } = options;
  const turns = createTurns({
    execute: (unit) => backend.execute(unit),
    idleTransactionMs,
    fail,
  });
  let clients = 0;
  let open = 0;

  return (socket) => {
    // A client that was cut off is followed by `close`, which says all there is to do.
    socket.on('error', () => socket.destroy());
    // Some are let in further, to be told that there are too many.
    if (open >= 2 * maxClients) {
      socket.destroy();
      return;
    }
    open += 1;
    clients += 1;
    const prefix = `c${clients}_`;
    const reader = createMessageReader();
    const names = new Set<string>();
    let unit: Buffer[] = [];
    let phase: 'startup' | 'password' | 'session' = 'startup';
    /** Nothing that it says after that is done. */
    let isLeaving = false;
    let user = '';
    const patience = setTimeout(() => socket.destroy(), authenticationMs);

    const client: Client = {
      answer: (bytes) => void (socket.writable && socket.write(bytes)),
      expel: () => refuse('25P03', 'terminating connection due to idle-in-transaction timeout'),
    };

    function hangUp(): void {
      isLeaving = true;
      socket.destroySoon();
    }

    function refuse(code: string, text: string): void {
      socket.write(errorResponse('FATAL', code, text));
      hangUp();
    }

    function ask(...messages: readonly Buffer[]): void {
      turns.ask(client, Buffer.concat(messages));
      unit = [];
    }

    function begin(bytes: Buffer): void {
      const code = bytes.readInt32BE(4);
      if (code === sslRequest || code === gssRequest) socket.write('N');
      else if (code === cancelRequest) hangUp();
      else if (code >>> 16 !== 3) refuse('0A000', `unsupported frontend protocol ${code >>> 16}`);
      else if (open > maxClients) refuse('53300', 'sorry, too many clients already');
      else {
        user = userOf(bytes);
        phase = 'password';
        socket.write(passwordRequest);
      }
    }

    function letIn(bytes: Buffer): void {
      if (!hasPassword(bytes, password)) {
        refuse('28P01', `password authentication failed for user "${user}"`);
        return;
      }
      clearTimeout(patience);
      phase = 'session';
      backend.greet().then(client.answer, fail);
    }

    function take(given: Buffer): void {
      const bytes = withOwnNames(given, prefix);
      const name = parsedName(bytes);
      if (name !== undefined) names.add(name);
      switch (bytes[0]) {
        case kinds.terminate:
          hangUp();
          break;
        case kinds.copyData:
        case kinds.copyDone:
        case kinds.copyFail:
          // Of a COPY that was refused.
          break;
        case kinds.query:
          ask(...unit, bytes, refuseCopy);
          break;
        case kinds.sync:
          ask(...unit, refuseCopy, bytes);
          break;
        case kinds.flush:
        case kinds.functionCall:
          ask(...unit, bytes);
          break;
        case kinds.parse:
        case kinds.bind:
        case kinds.describe:
        case kinds.execute:
        case kinds.close:
          unit.push(bytes);
          break;
        default:
          // The backend would end itself over it, and with it the session of all clients.
          refuse('08P01', `invalid frontend message type ${bytes[0]}`);
      }
    }

    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      if (isLeaving) return;
      reader.push(chunk);
      try {
        while (!isLeaving) {
          const bytes =
            phase === 'session'
              ? reader.next(5)
              : reader.next(phase === 'startup' ? 4 : 5, maxStrangerBytes);
          if (bytes === undefined) return;
          if (phase === 'session') take(bytes);
          else if (phase === 'password') letIn(bytes);
          else begin(bytes);
        }
      } catch (error) {
        refuse('08P01', `invalid message: ${error instanceof Error ? error.message : error}`);
      }
    });
    socket.once('close', () => {
      open -= 1;
      clearTimeout(patience);
      if (phase !== 'session') return;
      const closes = [...names].map((each) => message(kinds.close, 'S', `${each}\0`));
      turns.leave(client, Buffer.concat(closes));
    });
  };
}
