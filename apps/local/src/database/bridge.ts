import type { Socket } from 'node:net';
import { createMessageReader, errorResponse, kinds, message } from './messages.ts';
import { parsedName, withOwnNames } from './statement-names.ts';
import { type Client, createTurns } from './turns.ts';

/** The one session of an embedded database. */
export interface Backend {
  /** What it answers to a client's StartupMessage. */
  greet(): Promise<Buffer>;
  /** Has it do what whole messages say; the answer is complete. */
  execute(messages: Buffer): Promise<Buffer>;
}

export interface BridgeOptions {
  readonly backend: Backend;
  /** Longest that a client's transaction may stand still, in milliseconds. @default 10000 */
  readonly idleTransactionMs?: number;
  /** Called when the backend is gone for good. */
  fail(error: unknown): void;
}

/** What a connection may begin with (PostgreSQL protocol 3.0, "Message Formats"). */
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;

/**
 * What follows a statement that might be `COPY … FROM STDIN`: its rows would come in messages of their own, and the
 * backend, which is asked for one answer, would wait for them for ever. Elsewhere a CopyFail is ignored.
 */
const refuseCopy = message(kinds.copyFail, 'the embedded PostgreSQL takes no rows from STDIN\0');

/**
 * PostgreSQL's wire protocol for a database that has one session: many clients, each with whole transactions and
 * prepared statements of its own. As behind a pooler in transaction mode, `SET`, session locks, temporary tables and
 * LISTEN are everybody's. A request to cancel is taken and ignored: the backend cannot be interrupted.
 *
 * @returns what a server does with a connection
 */
export function createBridge(options: BridgeOptions): (socket: Socket) => void {
  const { backend, idleTransactionMs = 10_000, fail } = options;
  const turns = createTurns({
    execute: (unit) => backend.execute(unit),
    idleTransactionMs,
    fail,
  });
  let clients = 0;

  return (socket) => {
    clients += 1;
    const prefix = `c${clients}_`;
    const reader = createMessageReader();
    const names = new Set<string>();
    let unit: Buffer[] = [];
    let started = false;

    const client: Client = {
      answer: (bytes) => void (socket.writable && socket.write(bytes)),
      expel: () => refuse('25P03', 'terminating connection due to idle-in-transaction timeout'),
    };

    function refuse(code: string, text: string): void {
      socket.end(errorResponse('FATAL', code, text));
      socket.destroySoon();
    }

    function ask(...messages: readonly Buffer[]): void {
      turns.ask(client, Buffer.concat(messages));
      unit = [];
    }

    function begin(bytes: Buffer): void {
      const code = bytes.readInt32BE(4);
      if (code === sslRequest || code === gssRequest) socket.write('N');
      else if (code === cancelRequest) socket.end();
      else if (code >>> 16 !== 3) refuse('0A000', `unsupported frontend protocol ${code >>> 16}`);
      else {
        started = true;
        backend.greet().then(client.answer, fail);
      }
    }

    function take(given: Buffer): void {
      const bytes = withOwnNames(given, prefix);
      const name = parsedName(bytes);
      if (name !== undefined) names.add(name);
      switch (bytes[0]) {
        case kinds.terminate:
          socket.end();
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
          // The backend would end itself over it, and with it everybody's session.
          refuse('08P01', `invalid frontend message type ${bytes[0]}`);
      }
    }

    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      reader.push(chunk);
      try {
        for (;;) {
          const step = started ? take : begin;
          const bytes = reader.next(started ? 5 : 4);
          if (bytes === undefined) return;
          step(bytes);
        }
      } catch (error) {
        refuse('08P01', `invalid message: ${error instanceof Error ? error.message : error}`);
      }
    });
    // A client that was cut off is followed by `close`, which says all there is to do.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      if (!started) return;
      const closes = [...names].map((each) => message(kinds.close, 'S', `${each}\0`));
      turns.leave(client, Buffer.concat(closes));
    });
  };
}
