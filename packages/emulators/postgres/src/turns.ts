import { setImmediate } from 'node:timers/promises';
import { kinds, message, query } from './messages.ts';

/** A client as the database's one session sees it. */
export interface Client {
  /** Gives the client an answer of the database. */
  answer(bytes: Buffer): void;
  /** Ends a connection that keeps the others waiting. */
  expel(): void;
}

/** The order in which clients use the database, which has one session. */
export interface Turns {
  /** @param unit messages up to one that ends with ReadyForQuery */
  ask(client: Client, unit: Buffer): void;
  /** Undoes what a client that went away had not committed. @param goodbye what the database is told besides */
  leave(client: Client, goodbye: Buffer): void;
}

export interface TurnsOptions {
  /** Has the database do what the messages say, and returns its answer. */
  execute(unit: Buffer): Promise<Buffer>;
  /** Longest that a transaction may stand still, in milliseconds. */
  readonly idleTransactionMs: number;
  /** The database is gone. */
  fail(error: unknown): void;
}

/** ReadyForQuery, outside of a transaction. */
const ready = message(0x5a, 'I');

/**
 * Lets clients in one after the other, in the order of their messages. A client with an open transaction, or with
 * messages that no Sync closes, is the only one until that has ended: no other client's statement gets in between.
 */
export function createTurns({ execute, idleTransactionMs, fail }: TurnsOptions): Turns {
  const queue: { readonly client: Client; readonly unit: Buffer }[] = [];
  let holder: Client | undefined;
  let working = false;
  let patience: NodeJS.Timeout | undefined;

  function take() {
    const index = holder === undefined ? 0 : queue.findIndex(({ client }) => client === holder);
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    clearTimeout(patience);
    for (let turn = take(); turn !== undefined; turn = take()) {
      const { client, unit } = turn;
      const answer = await execute(unit);
      holder = answer.subarray(-ready.length).equals(ready) ? undefined : client;
      client.answer(answer);
      // The database works without a pause; the sockets need one.
      await setImmediate();
    }
    working = false;
    const idle = holder;
    if (idle !== undefined) patience = setTimeout(() => idle.expel(), idleTransactionMs);
  }

  function ask(client: Client, unit: Buffer): void {
    queue.push({ client, unit });
    work().catch(fail);
  }

  return {
    ask,
    leave(client, goodbye) {
      const others = queue.filter((turn) => turn.client !== client);
      queue.splice(0, queue.length, ...others);
      ask(client, Buffer.concat([goodbye, message(kinds.sync), query('ROLLBACK')]));
    },
  };
}
