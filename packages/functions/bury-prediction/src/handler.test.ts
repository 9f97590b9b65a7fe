import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { takeEvent } from '@chorus/blueprint';
import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createBuryHandler } from './handler.ts';

let stores: RunningStores;
beforeEach(async () => {
  stores = await startStores();
  for (const [name, value] of Object.entries(stores.environment)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stores.remove();
});

const request = { id: 'a', workflow: 'price', replays: 0, input: { size: 80 } };

async function bury(message: object | string = request) {
  const context = { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes: {} };
  const record = {
    messageId: 'm',
    body: typeof message === 'string' ? message : JSON.stringify(message),
    receiptHandle: 'none',
    attributes: { ApproximateReceiveCount: '1' },
  };
  return createBuryHandler(readSettings())({ Records: [record] }, context);
}

it('makes a dead letter of a request that ended its consumer every time', async () => {
  await stores.accept('a', 'price');
  expect(await bury()).toEqual({ batchItemFailures: [] });
  expect(await bury()).toEqual({ batchItemFailures: [] });
  expect(await stores.table.read('a')).toMatchObject({ status: 'failed', statusCode: 500 });
  expect(await stores.drain('letters')).toMatchObject([{ ...request, attempts: 5 }]);
  const told = { id: 'a', workflow: 'price', status: 'failed', statusCode: 500, replays: 0 };
  await expect.poll(() => stores.told).toEqual([told, told]);
});

it('takes what is in its queue when its schedule says so', async () => {
  await stores.accept('a', 'price');
  await stores.sqs.send(
    new SendMessageCommand({
      QueueUrl: readSettings().lostQueue,
      MessageBody: JSON.stringify(request),
    }),
  );
  const context = {
    requestId: 'r',
    deadlineMs: Date.now() + 60_000,
    functionArn: 'arn',
    notes: {},
  };
  const handler = createBuryHandler(readSettings());
  expect(await handler(takeEvent, context)).toEqual({ messages: 1, again: 0 });
  expect(await stores.drain('letters')).toMatchObject([{ ...request, attempts: 5 }]);
  expect(await handler(takeEvent, context)).toEqual({ messages: 0, again: 0 });
});

it('leaves one alone that was answered after all', async () => {
  await stores.accept('a', 'price');
  await stores.table.end(request, 'done', { statusCode: 200, body: {}, attempts: 5 });
  expect(await bury()).toEqual({ batchItemFailures: [] });
  expect(await stores.drain('letters')).toEqual([]);
});

it('takes it again when the table cannot be written', async () => {
  await stores.accept('a', 'price');
  stores.troubles.push('refuse');
  expect(await bury()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
});

/** The same request as a question to models. */
const asked = { ...request, rows: 1, questions: [{ models: ['line'], inputs: [], outputs: [] }] };

it('lets the workflow be run whose models could not be asked', async () => {
  await stores.accept('a', 'price', { gathers: true });
  expect(await bury(asked)).toEqual({ batchItemFailures: [] });
  expect(await stores.table.read('a')).toMatchObject({ status: 'accepted' });
  expect(await stores.drain('requests')).toEqual([request]);
  expect(await stores.drain('letters')).toEqual([]);
});

it.each(['hello', '{}', '[1]', '{"id":"a","workflow":"price"}'])(
  'puts %j away, which is no request',
  async (body) => {
    expect(await bury(body)).toEqual({ batchItemFailures: [] });
    expect(await stores.texts('unreadable')).toEqual([body]);
    expect(await stores.drain('letters')).toEqual([]);
  },
);

it('sends the letter of one that has failed since', async () => {
  await stores.accept('a', 'price', { gathers: true });
  await stores.table.end(request, 'failed', {
    statusCode: 503,
    body: { error: 'no' },
    attempts: 1,
  });
  expect(await bury(asked)).toEqual({ batchItemFailures: [] });
  expect(await stores.drain('requests')).toEqual([]);
  expect(await stores.drain('letters')).toMatchObject([request]);
});

it.each([
  'PREDICTIONS_TABLE',
  'DEAD_LETTERS_QUEUE',
  'PREDICTIONS_LOST_QUEUE',
  'PREDICTIONS_QUEUE',
  'PREDICTIONS_UNREADABLE_QUEUE',
  'PREDICTIONS_BUS',
])('needs to be told %s', (name) => {
  vi.stubEnv(name, '');
  expect(readSettings).toThrow(name);
});
