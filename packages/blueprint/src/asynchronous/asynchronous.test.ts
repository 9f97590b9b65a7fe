import { compile, execute, StatesError, virtualClock } from '@chorus/asl';
import { describe, expect, it } from 'vitest';
import { first } from '../answers/first.ts';
import { model } from '../functions.ts';
import { needsOfFunction } from '../links/needs-of-function.ts';
import { needsOfWorkflow } from '../links/needs-of-workflow.ts';
import { rows } from '../requests/rows.ts';
import { text } from '../requests/text.ts';
import { ask } from '../steps/ask.ts';
import { machineOf } from '../testing/run-workflow.ts';
import type { Blueprint, WorkflowSpec } from '../types.ts';
import { workflow } from '../workflow.ts';
import { acceptMachine } from './accept.ts';
import { asynchronous } from './asynchronous.ts';
import { chooseMachine, refuseMachine } from './choose-machine.ts';

const price: WorkflowSpec = workflow({
  name: 'price',
  request: rows({ columns: [{ name: 'size', description: 'in square metres', minimum: 0 }] }),
  steps: ask(model('line'), {
    inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1] }],
    outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  }),
  answer: first('price'),
  example: { size: 80 },
});

const mood: WorkflowSpec = workflow({
  name: 'mood',
  request: text({ maxBytes: 20 }),
  steps: ask(model('tone'), {
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [1] }],
    outputs: [{ name: 'label', datatype: 'BYTES', shape: [1] }],
  }),
  answer: first('label'),
  example: { text: 'fine' },
});

interface Call {
  readonly resource: string;
  readonly arguments: Readonly<Record<string, unknown>> & {
    readonly Item?: { readonly expires: { readonly N: string } };
  };
}

/** Runs the machine that accepts. @param trouble by the operation, the errors of its next calls */
async function accept(
  of: WorkflowSpec,
  input: unknown,
  trouble: Readonly<Record<string, readonly string[]>> = {},
) {
  const calls: Call[] = [];
  const left = Object.entries(trouble).map(([name, errors]) => ({ name, errors: [...errors] }));
  const { definition, name } = acceptMachine(of);
  const substitutions = {
    PREDICTIONS_TABLE: 'kept',
    REQUESTS_TOPIC: 'arn:topic',
    WEBHOOKS_TABLE: 'registered',
  };
  const wrapped = { request: input, webhook: '' };
  const result = await execute(compile(definition, { name, substitutions }), wrapped, {
    clock: virtualClock(0),
    executionName: 'r-1',
    async runTask({ resource, arguments: given }) {
      const operation = resource.slice(resource.lastIndexOf(':') + 1);
      calls.push({ resource, arguments: given as Call['arguments'] });
      const error = left.find(({ name: of }) => of === operation)?.errors.shift();
      if (error !== undefined) throw new StatesError(error, 'why');
      return {};
    },
  });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  const { statusCode, body } = result.output as {
    readonly statusCode: number;
    readonly body: Readonly<Record<string, string>>;
  };
  return { statusCode, body, calls };
}

const operations = (calls: readonly Call[]): readonly string[] =>
  calls.map(({ resource }) => resource.slice(resource.lastIndexOf(':') + 1));

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('a request that is to be answered later', () => {
  it('is kept, published and answered with 202 and an id that nobody can guess', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { statusCode, body, calls } = await accept(price, { size: 0.1 + 0.2 });
    expect(statusCode).toBe(202);
    expect(body['id']).toMatch(uuid);
    expect(body).toMatchObject({ status: 'accepted', url: `/predictions/${body['id']}` });
    expect(operations(calls)).toEqual(['putItem', 'publish']);
    const [put, published] = calls;
    expect(put?.arguments).toMatchObject({
      TableName: 'kept',
      Item: {
        id: { S: body['id'] },
        workflow: { S: 'price' },
        status: { S: 'accepted' },
        replays: { N: '0' },
        expires: { N: expect.any(String) },
      },
    });
    expect(Number(put?.arguments.Item?.expires.N) - before).toBeGreaterThanOrEqual(28 * 86_400);
    expect(published?.arguments).toEqual({
      TopicArn: 'arn:topic',
      // Its numbers are those that came.
      Message: { id: body['id'], workflow: 'price', replays: 0, input: { size: 0.1 + 0.2 } },
      MessageAttributes: { workflow: { DataType: 'String', StringValue: 'price' } },
    });
    const again = await accept(price, { size: 1 });
    expect(again.body['id']).not.toBe(body['id']);
  });

  it.each([
    [price, null],
    [price, 7],
    [price, {}],
    [price, { size: '80' }],
    [price, { size: -1 }],
    [price, { instances: [] }],
    [price, { instances: [[1], [2, 3]] }],
    [price, { instances: [[1]], parameters: { timeout: 0 } }],
    [mood, { text: '' }],
    [mood, { text: 'a\ud83d' }],
    [mood, { text: 'more than twenty bytes' }],
    [mood, { text: 'fine', mood: 1 }],
  ])('is refused by %o at once for %j, in the words of the workflow', async (of, input) => {
    const { statusCode, body, calls } = await accept(of, input);
    const now = await execute(machineOf(of), input, {
      clock: virtualClock(0),
      executionName: 'r-1',
      runTask: async () => ({}),
    });
    expect([400, 413, 422]).toContain(statusCode);
    expect(now).toMatchObject({ status: 'SUCCEEDED', output: { statusCode, body } });
    expect(calls).toEqual([]);
  });

  it('that was kept though the first try seemed to fail is published', async () => {
    const lost = [
      'DynamoDB.InternalServerErrorException',
      'DynamoDB.ConditionalCheckFailedException',
    ];
    const { statusCode, calls } = await accept(price, { size: 1 }, { putItem: lost });
    expect(statusCode).toBe(202);
    expect(operations(calls)).toEqual(['putItem', 'putItem', 'publish']);
  });

  it('that cannot be kept is not published, and 503', async () => {
    const errors = Array.from({ length: 3 }, () => 'DynamoDB.InternalServerErrorException');
    const { statusCode, calls } = await accept(price, { size: 1 }, { putItem: errors });
    expect(statusCode).toBe(503);
    expect(operations(calls)).toEqual(['putItem', 'putItem', 'putItem']);
  });

  it.each(['a\uffff', '\ufffe', '"\\\uffff'])(
    'is refused at once for %j, which no message can have',
    async (text) => {
      const { statusCode, body, calls } = await accept(mood, { text });
      expect([statusCode, body['error']]).toEqual([400, expect.stringContaining('U+FFFF')]);
      expect(calls).toEqual([]);
    },
  );

  it.each(['a\u0000\u001f', 'a\ufffd', '\ufdd0', '\u{1ffff}', '\\uffff'])(
    'is taken for %j, which JSON escapes or a message may have',
    async (text) => {
      expect((await accept(mood, { text })).statusCode).toBe(202);
    },
  );

  it('that SNS never takes, as it is too large, is forgotten and 413, and not tried again', async () => {
    const trouble = { publish: ['SNS.InvalidParameterException'] };
    const { statusCode, body, calls } = await accept(price, { size: 1 }, trouble);
    expect([statusCode, body['error']]).toEqual([413, expect.stringContaining('262144 bytes')]);
    expect(operations(calls)).toEqual(['putItem', 'publish', 'deleteItem']);
  });

  it('that cannot be published is forgotten, unless it is done by then, and 503', async () => {
    const errors = Array.from({ length: 3 }, () => 'SNS.InternalErrorException');
    const { statusCode, body, calls } = await accept(price, { size: 1 }, { publish: errors });
    expect([statusCode, body['error']]).toEqual([503, expect.stringContaining('send it again')]);
    expect(operations(calls)).toEqual(['putItem', 'publish', 'publish', 'publish', 'deleteItem']);
    expect(calls.at(-1)?.arguments).toMatchObject({ ConditionExpression: '#status = :accepted' });
  });
});

describe('asynchronous', () => {
  const night: WorkflowSpec = { ...price, name: 'night', type: 'standard' };
  const parts = asynchronous([price, mood, night]);
  const whole: Blueprint = { ...parts, workflows: [price, mood, night], buckets: [] };

  it('gives each workflow that answers its machine and its route, and no other', () => {
    expect(parts.machines.map(({ name, of }) => [name, of])).toEqual([
      ['price-accept', 'price'],
      ['mood-accept', 'mood'],
      ['refuse-async', undefined],
      ['refuse-webhook', undefined],
      ['tell-webhook', undefined],
    ]);
    expect(parts.routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /predict/price',
      'POST /predict/mood',
      'GET /predictions/{id}',
    ]);
  });

  it('refers only to what it has', () => {
    for (const each of parts.functions) expect(() => needsOfFunction(each, whole)).not.toThrow();
    for (const each of parts.machines) expect(() => needsOfWorkflow(each, whole)).not.toThrow();
    const names = new Set(parts.queues.map(({ name }) => name));
    const functions = new Set(parts.functions.map(({ name }) => name));
    for (const { consumer, deadLetters } of parts.queues) {
      if (consumer) expect(functions).toContain(consumer.function);
      if (deadLetters) expect(names).toContain(deadLetters.queue);
    }
    for (const { subscriptions } of parts.topics)
      for (const { queue } of subscriptions) expect(names).toContain(queue);
  });

  it('hides a message for longer than its consumer may take', () => {
    for (const { visibilitySeconds = 30, consumer } of parts.queues) {
      const spec = parts.functions.find(({ name }) => name === consumer?.function);
      expect(visibilitySeconds).toBeGreaterThan(spec?.timeoutSeconds ?? 0);
    }
  });
});

describe('a value of async', () => {
  const route = {
    method: 'POST',
    path: '/predict/price',
    workflow: 'price',
    asynchronous: {
      accept: 'price-accept',
      refuse: 'refuse-async',
      refuseWebhook: 'refuse-webhook',
    },
  } as const;

  it.each([
    [undefined, 'price'],
    ['', 'price'],
    ['0', 'price'],
    ['1', 'price-accept'],
    ['true', 'refuse-async'],
    ['01', 'refuse-async'],
  ])('of %j starts %s', (value, expected) => {
    expect(chooseMachine(route, { later: value })).toBe(expected);
  });

  it.each([
    [undefined, 'refuse-webhook'],
    ['', 'refuse-webhook'],
    ['0', 'refuse-webhook'],
    ['1', 'price-accept'],
    ['true', 'refuse-async'],
  ])('of %j with a webhook starts %s', (later, expected) => {
    expect(chooseMachine(route, { later, webhook: 'https://a.test/' })).toBe(expected);
  });

  it('has no meaning where answers come at once only', () => {
    const plain = { method: 'POST', path: '/predict/a', workflow: 'a' } as const;
    expect(chooseMachine(plain, { later: '1', webhook: 'https://a' })).toBe('a');
  });

  it('that is refused is named', async () => {
    const machine = compile(refuseMachine.definition, { name: 'refuse' });
    const result = await execute(
      machine,
      {},
      {
        executionName: 'r-1',
        runTask: async () => ({}),
      },
    );
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        statusCode: 400,
        body: {
          error: 'async: expected 1, to be answered later, or 0, to be answered now',
          requestId: 'r-1',
        },
      },
    });
  });
});
