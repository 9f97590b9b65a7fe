import type { IncomingMessage, ServerResponse } from 'node:http';
import { stateMachineArn } from '@chorus/emulator-aws';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createStates, type StatesEmulator } from '@chorus/emulator-states';
import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createRunHandler } from './handler.ts';

/** Answers as its input says, or fails, or runs out of time. */
const definition = {
  QueryLanguage: 'JSONata',
  TimeoutSeconds: 1,
  StartAt: 'Choose',
  States: {
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $exists($states.input.say) %}', Next: 'Say' },
        { Condition: '{% $states.input.hang = true %}', Next: 'Hang' },
      ],
      Default: 'Stop',
    },
    Say: { Type: 'Succeed', Output: '{% $states.input.say %}' },
    Hang: { Type: 'Wait', Seconds: 5, End: true },
    Stop: { Type: 'Fail', Error: 'Asked', Cause: 'for' },
  },
};

let stores: RunningStores;
let states: StatesEmulator;
let isThrottled: boolean;
let started: number;

beforeEach(async () => {
  isThrottled = false;
  started = 0;
  states = createStates({
    credentials: testCredentials,
    machines: [{ name: 'chorus-price', definition, substitutions: {} }],
    lambda: { invoke: () => Promise.reject(new Error('no function is asked for')) },
  });
  stores = await startStores({
    states(request: IncomingMessage, response: ServerResponse) {
      started += 1;
      if (!isThrottled) return states.handle(request, response);
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      return response.end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
    },
  });
  for (const [name, value] of Object.entries(stores.environment)) vi.stubEnv(name, value);
  vi.stubEnv('WORKFLOW_ARNS', JSON.stringify({ price: stateMachineArn('chorus-price') }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await states.close();
  await stores.remove();
});

const said = (statusCode: number, body: unknown = { error: 'why' }) => ({
  say: { statusCode, body },
});

const request = (id: string, input: unknown, workflow = 'price') => ({
  id,
  workflow,
  replays: 0,
  input,
});

/** Sends requests through the queue and to the function, at their so-manieth receipt. */
async function handle(requests: readonly unknown[], receives = 1) {
  const notes: Record<string, string | number | boolean> = {};
  const context = {
    requestId: 'r',
    deadlineMs: Date.now() + 60_000,
    functionArn: 'arn',
    notes,
  };
  const Records = requests.map((each, index) => ({
    messageId: `m-${index}`,
    body: typeof each === 'string' ? each : JSON.stringify(each),
    receiptHandle: 'none',
    attributes: { ApproximateReceiveCount: String(receives) },
  }));
  const answer = await createRunHandler(readSettings())({ Records }, context);
  const { batchItemFailures } = answer as { batchItemFailures: { itemIdentifier: string }[] };
  return { again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), notes };
}

describe('a request', () => {
  it('that its workflow answers is done, with the answer as it is', async () => {
    await stores.accept('a', 'price');
    const body = { predictions: [{ price: 0.1 + 0.2 }] };
    expect((await handle([request('a', said(200, body))])).again).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({
      status: 'done',
      statusCode: 200,
      body,
      attempts: 1,
    });
  });

  it('that has ended is told of on the bus, without what was asked or answered', async () => {
    await stores.accept('a', 'price');
    await handle([request('a', said(200, { secret: 1 }))]);
    await expect
      .poll(() => stores.told)
      .toEqual([{ id: 'a', workflow: 'price', status: 'done', statusCode: 200, replays: 0 }]);
  });

  it('that could not be told of is, when it comes again', async () => {
    await stores.accept('a', 'price');
    // Read, ended, and then the bus is away.
    stores.troubles.push('none', 'none', 'refuse');
    expect((await handle([request('a', said(200))])).again).toEqual(['m-0']);
    expect((await handle([request('a', said(200))], 2)).again).toEqual([]);
    expect(started).toBe(1);
    await expect.poll(() => stores.told).toMatchObject([{ id: 'a', status: 'done' }]);
  });

  it('that is received again is not run again', async () => {
    await stores.accept('a', 'price');
    await handle([request('a', said(200, { n: 1 }))]);
    await handle([request('a', said(200, { n: 2 }))]);
    expect(started).toBe(1);
    expect(await stores.table.read('a')).toMatchObject({ body: { n: 1 } });
  });

  it.each([400, 404, 413, 422])('that is refused with %i fails at once', async (status) => {
    await stores.accept('a', 'price');
    expect((await handle([request('a', said(status))])).again).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'failed', statusCode: status });
    expect(await stores.table.read('a')).toMatchObject({
      body: { error: 'why' },
      attempts: 1,
      letter: 'unsent',
    });
    expect(await stores.drain('lost')).toEqual([request('a', said(status))]);
  });

  it.each<[string, unknown, number, string]>([
    ['answers 429', said(429), 429, 'why'],
    ['answers 503', said(503), 503, 'why'],
    ['fails', {}, 500, 'the workflow failed: Asked'],
    ['takes too long', { hang: true }, 504, 'the workflow took too long and was stopped'],
    ['gives no answer', { say: 7 }, 500, 'the workflow gave no answer'],
  ])(
    'whose workflow %s is tried again, and fails for good in the end',
    async (_, input, status, error) => {
      await stores.accept('a', 'price');
      expect((await handle([request('a', input)])).again).toEqual(['m-0']);
      expect(await stores.table.read('a')).toMatchObject({ status: 'accepted' });
      expect((await handle([request('a', input)], 5)).again).toEqual([]);
      expect(await stores.table.read('a')).toMatchObject({ status: 'failed', statusCode: status });
      expect(await stores.table.read('a')).toMatchObject({ body: { error }, attempts: 5 });
      expect(await stores.drain('lost')).toHaveLength(1);
    },
  );

  it('that Step Functions has no time for is tried again', async () => {
    await stores.accept('a', 'price');
    isThrottled = true;
    expect((await handle([request('a', said(200))])).again).toEqual(['m-0']);
    isThrottled = false;
    expect((await handle([request('a', said(200))], 2)).again).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('whose workflow is gone fails at once, and its input stays', async () => {
    await stores.accept('a', 'rent');
    expect((await handle([request('a', { b: 1 }, 'rent')])).again).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({
      statusCode: 404,
      body: { error: 'there is no workflow rent any more' },
    });
    expect(await stores.drain('lost')).toMatchObject([{ input: { b: 1 } }]);
  });

  it('that nobody knows any more is not run', async () => {
    expect((await handle([request('b', said(200))])).again).toEqual([]);
    expect(started).toBe(0);
    expect(await stores.items()).toEqual([]);
  });

  it('of before a replay is not run', async () => {
    await stores.accept('a', 'price');
    await handle([{ ...request('a', said(200)), replays: 1 }]);
    expect(started).toBe(0);
  });

  it('that could not be handed over is not lost', async () => {
    await stores.accept('a', 'price');
    // Read and ended, and then the queue is away.
    stores.troubles.push('none', 'none', 'refuse');
    expect((await handle([request('a', said(400))])).again).toEqual(['m-0']);
    expect((await handle([request('a', said(400))], 2)).again).toEqual([]);
    expect(started).toBe(1);
    expect(await stores.drain('lost')).toMatchObject([{ id: 'a' }]);
    // Its letter is there by now: a message too many changes nothing.
    await stores.table.note({ id: 'a', replays: 0 }, 'sent');
    await handle([request('a', said(400))], 3);
    expect(await stores.drain('lost')).toEqual([]);
  });
});

it('answers for each message of a batch, and says of errors no more than their names', async () => {
  for (const id of ['a', 'b', 'c']) await stores.accept(id, 'price');
  const { again, notes } = await handle([
    request('a', said(200)),
    request('b', said(503, { error: 'secret' })),
    request('c', said(422)),
    '{"secret":',
  ]);
  expect(again).toEqual(['m-1', 'm-3']);
  expect(notes).toMatchObject({ messages: 4, again: 2 });
  expect(JSON.stringify(notes)).not.toContain('secret');
});

it('says that it is ready', async () => {
  const context = { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes: {} };
  const answer = await createRunHandler(readSettings())({ chorus: 'ready' }, context);
  expect(answer).toEqual({ ready: true });
});

it.each([
  ['WORKFLOW_ARNS', ''],
  ['WORKFLOW_ARNS', '{'],
  ['WORKFLOW_ARNS', '{"a":1}'],
  ['PREDICTIONS_TABLE', ''],
  ['PREDICTIONS_QUEUE', ''],
  ['PREDICTIONS_LOST_QUEUE', ''],
  ['PREDICTIONS_BUS', ''],
])('needs to be told %s, and not %j', (name, value) => {
  vi.stubEnv(name, value);
  expect(readSettings).toThrow(name);
});
