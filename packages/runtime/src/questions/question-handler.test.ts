import type { IncomingMessage, ServerResponse } from 'node:http';
import { stateMachineArn } from '@chorus/emulator-aws';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createStates, type StatesEmulator } from '@chorus/emulator-states';
import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { InvalidRequestError } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelLoadError } from '../errors.ts';
import type { Handler } from '../handler.ts';
import { answersMessages } from './answers-messages.ts';

/** Answers with what came together, and fails when a model said a number that is not positive. */
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Choose',
  States: {
    Choose: {
      Type: 'Choice',
      Choices: [
        {
          Condition: '{% $states.input.answers.line.payload.outputs[0].data[0] = 0 %}',
          Next: 'Refuse',
        },
      ],
      Default: 'Answer',
    },
    Answer: { Type: 'Succeed', Output: { statusCode: 200, body: '{% $states.input %}' } },
    Refuse: { Type: 'Succeed', Output: { statusCode: 503, body: { error: 'none' } } },
  },
};

let stores: RunningStores;
let states: StatesEmulator;
/** Executions that were started. */
let finished: number;
let isAway: boolean;
/** Rows of each run of the model. */
let runs: number[];

beforeEach(async () => {
  [finished, isAway, runs] = [0, false, []];
  states = createStates({
    credentials: testCredentials,
    machines: [{ name: 'chorus-price-finish', definition, substitutions: {} }],
    lambda: { invoke: () => Promise.reject(new Error('no function is asked for')) },
  });
  stores = await startStores({
    states(request: IncomingMessage, response: ServerResponse) {
      finished += 1;
      if (!isAway) return states.handle(request, response);
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      return response.end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
    },
  });
  for (const [name, value] of Object.entries(stores.environment)) vi.stubEnv(name, value);
  for (const model of ['LINE', 'FOREST'])
    vi.stubEnv(`ASK_${model}_QUEUE`, stores.environment['PREDICTIONS_QUEUE'] ?? '');
  vi.stubEnv('PRICE_FINISH_WORKFLOW', stateMachineArn('chorus-price-finish'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await states.close();
  await stores.remove();
});

/** A model that says a number again; 4 it refuses, for 5 its weights cannot be loaded. */
const echo: Handler = async (event) => {
  const { inputs } = event as { readonly inputs: readonly [{ readonly data: readonly number[] }] };
  const [{ data }] = inputs;
  runs.push(data.length);
  if (data.includes(4)) throw new InvalidRequestError('four');
  if (data.includes(5)) throw new ModelLoadError('unreachable', 'five');
  return {
    model_version: 'v1',
    outputs: [{ name: 'y', datatype: 'FP64', shape: [data.length], data }],
  };
};

const request = (id: string, value: number) => ({
  id,
  workflow: 'price',
  replays: 0,
  input: { value },
});

const message = (id: string, value: number) => ({
  ...request(id, value),
  rows: 1,
  questions: [
    {
      models: ['line', 'forest'],
      inputs: [{ name: 'x', datatype: 'FP64', shape: [1], data: [value] }],
      outputs: [{ name: 'y' }],
    },
  ],
});

/** Sends messages to a model's function, at their so-manieth receipt. */
async function ask(model: string, messages: readonly unknown[], receives = 1) {
  const notes: Record<string, string | number | boolean> = {};
  const Records = messages.map((each, index) => ({
    messageId: `m-${index}`,
    body: typeof each === 'string' ? each : JSON.stringify(each),
    receiptHandle: 'none',
    attributes: { ApproximateReceiveCount: String(receives) },
  }));
  const context = { requestId: 'r', deadlineMs: Date.now() + 60_000, functionArn: 'arn', notes };
  const said = await answersMessages(model, echo)({ Records }, context);
  const { batchItemFailures } = said as { batchItemFailures: { itemIdentifier: string }[] };
  return { again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), notes };
}

const accept = (...ids: readonly string[]) =>
  Promise.all(ids.map((id) => stores.accept(id, 'price', { gathers: true })));

describe('requests whose models are asked by messages', () => {
  it('are asked about in one run, and done with the answer of the last model', async () => {
    await accept('a', 'b', 'c');
    const messages = [message('a', 0.1 + 0.2), message('b', 2), message('c', 3)];
    expect((await ask('line', messages)).again).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted' });
    expect(finished).toBe(0);
    expect((await ask('forest', messages)).again).toEqual([]);
    expect(runs).toEqual([3, 3]);
    const payload = (data: number) => ({
      attempts: 1,
      payload: {
        model_version: 'v1',
        outputs: [{ name: 'y', datatype: 'FP64', shape: [1], data: [data] }],
      },
    });
    expect(await stores.table.read('a')).toMatchObject({
      status: 'done',
      statusCode: 200,
      body: { rows: 1, answers: { line: payload(0.1 + 0.2), forest: payload(0.1 + 0.2) } },
    });
    expect((await stores.items()).map(({ answers }) => answers)).not.toContainEqual(
      expect.anything(),
    );
    expect(finished).toBe(3);
    const told = (id: string) => ({
      id,
      workflow: 'price',
      status: 'done',
      statusCode: 200,
      replays: 0,
    });
    await expect.poll(() => stores.told.length).toBe(3);
    expect(stores.told).toEqual(expect.arrayContaining(['a', 'b', 'c'].map(told)));
  });

  it('that come again ask nothing again, and end once', async () => {
    await accept('a');
    await ask('line', [message('a', 1)]);
    await ask('line', [message('a', 1)], 2);
    expect(runs).toEqual([1]);
    await ask('forest', [message('a', 1)]);
    const done = await stores.table.read('a');
    await ask('forest', [message('a', 1)], 2);
    await ask('line', [message('a', 2)]);
    expect(finished).toBe(1);
    expect(await stores.table.read('a')).toEqual(done);
  });

  it('that were stopped before their end was made are ended by the message that comes again', async () => {
    await accept('a');
    await ask('line', [message('a', 1)]);
    isAway = true;
    expect((await ask('forest', [message('a', 1)])).again).toEqual(['m-0']);
    isAway = false;
    expect((await ask('forest', [message('a', 1)], 2)).again).toEqual([]);
    expect(runs).toEqual([1, 1]);
    expect(await stores.table.read('a')).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('that one model refuses are answered with what the other says', async () => {
    await accept('a', 'b');
    expect((await ask('line', [message('a', 4), message('b', 1)])).again).toEqual([]);
    await ask('forest', [message('b', 1)]);
    await stores.table.read('a');
    expect(await stores.table.read('b')).toMatchObject({ status: 'done' });
    await ask('forest', [message('a', 4)]);
    expect(await stores.table.read('a')).toMatchObject({
      body: {
        answers: {
          line: { error: 'InvalidRequestError', message: 'four' },
          forest: { error: 'InvalidRequestError', message: 'four' },
        },
      },
    });
  });

  it('whose model may answer later are asked again, and go on without it in the end', async () => {
    await accept('a');
    await ask('forest', [message('a', 1)]);
    expect((await ask('line', [message('a', 5)])).again).toEqual(['m-0']);
    expect(await stores.table.read('a')).toMatchObject({ status: 'accepted' });
    expect((await ask('line', [message('a', 5)], 5)).again).toEqual([]);
    expect(await stores.table.read('a')).toMatchObject({
      status: 'done',
      body: { answers: { line: { error: 'ModelLoadError', message: 'five' } } },
    });
  });

  it('that the workflow refuses for good become dead letters', async () => {
    await accept('a');
    await ask('forest', [message('a', 0)]);
    await ask('line', [message('a', 0)]);
    expect(await stores.table.read('a')).toMatchObject({
      status: 'failed',
      statusCode: 503,
      letter: 'unsent',
    });
    expect(await stores.drain('lost')).toEqual([request('a', 0)]);
    // Without a letter its request is handed over again.
    await ask('line', [message('a', 0)], 2);
    expect(await stores.drain('lost')).toEqual([request('a', 0)]);
  });

  it('that were answered, or replayed, in the meantime stay as they are', async () => {
    await accept('a');
    await ask('line', [{ ...message('a', 1), replays: 1 }]);
    await ask('forest', [{ ...message('a', 1), replays: 1 }]);
    await ask('line', [message('unknown', 1)]);
    expect(finished).toBe(0);
    expect(await stores.items()).toMatchObject([{ id: 'a', status: 'accepted' }]);
  });
});

it('answers for each message, and says of errors no more than their names', async () => {
  await accept('a');
  const { again, notes } = await ask('line', [
    message('a', 1),
    '{"secret":',
    { ...message('a', 1), questions: [] },
  ]);
  expect(again).toEqual(['m-1', 'm-2']);
  expect(notes).toMatchObject({ messages: 3, again: 2 });
  expect(JSON.stringify(notes)).not.toContain('secret');
});

it('answers other events as before', async () => {
  const context = { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes: {} };
  const event = { inputs: [{ data: [7] }] };
  expect(await answersMessages('line', echo)(event, context)).toMatchObject({
    outputs: [{ data: [7] }],
  });
});

it.each(['PREDICTIONS_TABLE', 'PREDICTIONS_LOST_QUEUE', 'PREDICTIONS_BUS', 'ASK_LINE_QUEUE'])(
  'needs to be told %s',
  async (name) => {
    vi.stubEnv(name, '');
    await expect(ask('line', [message('a', 1)])).rejects.toThrow('is not set');
  },
);
