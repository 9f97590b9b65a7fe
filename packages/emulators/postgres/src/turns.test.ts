import { expect, it } from 'vitest';
import { message } from './messages.ts';
import { type Client, createTurns } from './turns.ts';

const idle = message(0x5a, 'I');
const inTransaction = message(0x5a, 'T');

interface Recorded {
  readonly client: Client;
  readonly expelled: Promise<void>;
}

function record(): Recorded {
  const { promise: expelled, resolve } = Promise.withResolvers<void>();
  return { client: { answer: () => {}, expel: resolve }, expelled };
}

it('serves the owner of a transaction before others that came earlier', async () => {
  const order: string[] = [];
  const finished = Promise.withResolvers<void>();
  const turns = createTurns({
    idleTransactionMs: 60_000,
    fail: finished.reject,
    async execute(unit) {
      order.push(unit.toString());
      if (order.length === 4) finished.resolve();
      return order.length < 3 ? inTransaction : idle;
    },
  });
  const [first, second] = [record().client, record().client];
  turns.ask(first, Buffer.from('begin'));
  turns.ask(second, Buffer.from('other'));
  turns.ask(first, Buffer.from('insert'));
  turns.ask(first, Buffer.from('commit'));
  await finished.promise;
  expect(order).toEqual(['begin', 'insert', 'commit', 'other']);
});

it('expels a client whose transaction stands still', async () => {
  const turns = createTurns({
    idleTransactionMs: 1,
    fail: () => {},
    execute: async () => inTransaction,
  });
  const { client, expelled } = record();
  turns.ask(client, Buffer.from('begin'));
  await expelled;
});

it('drops what a client that left still wanted, and rolls back', async () => {
  const order: string[] = [];
  const finished = Promise.withResolvers<void>();
  const turns = createTurns({
    idleTransactionMs: 60_000,
    fail: finished.reject,
    async execute(unit) {
      order.push(unit.toString('latin1'));
      if (order.length === 2) finished.resolve();
      return idle;
    },
  });
  const { client } = record();
  turns.ask(client, Buffer.from('first'));
  turns.ask(client, Buffer.from('second'));
  turns.leave(client, Buffer.alloc(0));
  await finished.promise;
  expect(order[0]).toBe('first');
  expect(order[1]).toContain('ROLLBACK');
});

it('says so when the database is gone', async () => {
  const failed = Promise.withResolvers<unknown>();
  const turns = createTurns({
    idleTransactionMs: 1,
    fail: failed.resolve,
    execute: () => Promise.reject(new Error('gone')),
  });
  turns.ask(record().client, Buffer.from('first'));
  expect(await failed.promise).toEqual(new Error('gone'));
});
