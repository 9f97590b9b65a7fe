import { compile, execute, StatesError, virtualClock } from '@chorus/asl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../answers/mean.ts';
import { model } from '../functions.ts';
import { needsOfFunction } from '../links/needs-of-function.ts';
import { needsOfWorkflow } from '../links/needs-of-workflow.ts';
import { narrow } from '../narrow.ts';
import { rows } from '../requests/rows.ts';
import { text } from '../requests/text.ts';
import { functionsOf } from '../serve-workflows.ts';
import type { Step } from '../step.ts';
import { ask } from '../steps/ask.ts';
import { gather } from '../steps/gather.ts';
import { sequence } from '../steps/sequence.ts';
import { answers, type Functions, fails, machineOf, run } from '../testing/run-workflow.ts';
import type { Blueprint, WorkflowSpec } from '../types.ts';
import { workflow } from '../workflow.ts';
import { acceptMachine } from './accept.ts';
import { asynchronous } from './asynchronous.ts';

const columns = ['size', 'age'].map((name) => ({ name, description: name, minimum: 0 }));

const priceOf = (name: string, width = 2, options = {}): Step =>
  ask(
    model(name),
    {
      inputs: [
        width === 2
          ? { name: 'features', datatype: 'FP64', shape: [-1, 2] }
          : { name: 'own', datatype: 'FP64', shape: [-1, 1], columns: [{ name: 'size' }] },
      ],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    },
    options,
  );

const asking = (name: string, steps: Step): WorkflowSpec =>
  workflow({
    name,
    request: rows({ columns }),
    steps,
    answer: mean('price'),
    example: { size: 1, age: 2 },
  });

const price = asking(
  'price',
  gather([priceOf('line'), priceOf('forest'), priceOf('small', 1)], { quorum: 2 }),
);
const rent = asking('rent', gather([priceOf('forest'), priceOf('tenant')], { quorum: 1 }));
const input = {
  instances: [
    [1, 2],
    [3.5, 0.1 + 0.2],
  ],
};

interface Call {
  readonly resource: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Takes a request with the errors of the publications. */
async function accept(errors: readonly string[] = [], body: unknown = input, of = price) {
  const calls: Call[] = [];
  const left = [...errors];
  const { definition } = acceptMachine(of, of.fannedOut);
  const substitutions = {
    PREDICTIONS_TABLE: 'kept',
    REQUESTS_TOPIC: 'whole',
    PRICE_QUESTIONS_TOPIC: 'asked',
    MOOD_QUESTIONS_TOPIC: 'asked',
    WEBHOOKS_TABLE: 'registered',
  };
  const machine = compile(definition, { name: 'accept', substitutions });
  const result = await execute(
    machine,
    { request: body, webhook: '' },
    {
      clock: virtualClock(0),
      async runTask({ resource, arguments: given }) {
        calls.push({ resource, arguments: given as Call['arguments'] });
        const error = resource.endsWith('publish') ? left.shift() : undefined;
        if (error !== undefined) throw new StatesError(error, 'why');
        return {};
      },
    },
  );
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return { output: result.output as { statusCode: number; body: { id: string } }, calls };
}

describe('a request whose models are asked by messages', () => {
  it('is published once, with the question to each model and the request itself', async () => {
    const { output, calls } = await accept();
    expect(output.statusCode).toBe(202);
    expect(calls.map(({ resource }) => resource.split(':').at(-1))).toEqual(['putItem', 'publish']);
    expect(calls[0]?.arguments['Item']).toMatchObject({
      status: { S: 'accepted' },
      answers: { M: {} },
    });
    const outputs = [{ name: 'price' }];
    const data = [
      [1, 2],
      [3.5, 0.1 + 0.2],
    ];
    expect(calls[1]?.arguments).toEqual({
      TopicArn: 'asked',
      Message: {
        id: output.body.id,
        workflow: 'price',
        replays: 0,
        input,
        rows: 2,
        questions: [
          {
            models: ['line', 'forest'],
            inputs: [{ name: 'features', datatype: 'FP64', shape: [2, 2], data }],
            outputs,
          },
          {
            models: ['small'],
            inputs: [{ name: 'own', datatype: 'FP64', shape: [2, 1], data: [[1], [3.5]] }],
            outputs,
          },
        ],
      },
      MessageAttributes: { workflow: { DataType: 'String', StringValue: 'price' } },
    });
  });

  it.each(['SNS.InvalidParameterException', 'States.DataLimitExceeded'])(
    'is run as a whole where the questions make it too large a message (%s)',
    async (error) => {
      const { output, calls } = await accept([error]);
      expect(output.statusCode).toBe(202);
      expect(calls[2]?.arguments).toMatchObject({ TopicArn: 'whole', Message: { input } });
    },
  );

  it('is one of any kind: a text too', async () => {
    const tone = ask(model('tone'), {
      inputs: [{ name: 'text', datatype: 'BYTES', shape: [1] }],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [1] }],
    });
    const mood = workflow({
      name: 'mood',
      request: text({ maxBytes: 20 }),
      steps: gather([tone], { quorum: 1 }),
      answer: mean('price'),
      example: { text: 'fine' },
    });
    const { output, calls } = await accept([], { text: 'fine' }, mood);
    expect(output.statusCode).toBe(202);
    expect(calls[1]?.arguments).toMatchObject({
      Message: {
        input: { text: 'fine' },
        rows: 1,
        questions: [{ models: ['tone'], inputs: [{ name: 'text', data: ['fine'] }] }],
      },
    });
  });

  it('is run as a whole where it is large itself', async () => {
    const instances = Array.from({ length: 1000 }, (_, index) => [0.1 + 0.2, 1 / (index + 3)]);
    const long = {
      instances: [...instances.map(([a = 0, b = 0]) => [a, b])],
      parameters: { note: 'x'.repeat(60_000) },
    };
    const { output, calls } = await accept([], long);
    expect(output.statusCode).toBe(202);
    expect(calls.map(({ arguments: given }) => given['TopicArn'])).toEqual([undefined, 'whole']);
  });

  it('is forgotten where it cannot be published', async () => {
    const { output, calls } = await accept(
      Array.from({ length: 3 }, () => 'SNS.InternalErrorException'),
    );
    expect(output.statusCode).toBe(503);
    expect(calls.at(-1)?.resource).toContain('deleteItem');
  });
});

/** What a model makes of a question. */
type Made =
  | 'answers'
  | 'refuses'
  | 'fails'
  | 'is late'
  | 'answers too little'
  | 'answers no number';

const errors: Partial<Record<Made, string>> = {
  refuses: 'InvalidRequestError',
  fails: 'ModelLoadError',
  'is late': 'DeadlineExceededError',
};

const payloadOf = (made: Made, index: number): unknown =>
  answers(
    'price',
    made === 'answers too little'
      ? [1]
      : [index + 0.1, made === 'answers no number' ? null : index * 2],
  );

/** Removes what differs by the way of asking. */
const comparable = ({
  statusCode,
  body,
}: {
  readonly statusCode: number;
  readonly body: unknown;
}) => ({
  statusCode,
  body: JSON.parse(JSON.stringify(body, (key, value) => (key === 'requestId' ? 'r' : value))),
});

it('is answered just as by the workflow itself, whatever its models say', async () => {
  const finish = compile(price.fannedOut?.finish ?? {}, { name: 'finish' });
  const now = machineOf(price);
  const models = ['line', 'forest', 'small'];
  const made = fc.constantFrom<Made>(
    'answers',
    'answers',
    'refuses',
    'fails',
    'is late',
    'answers too little',
    'answers no number',
  );
  await fc.assert(
    fc.asyncProperty(fc.tuple(made, made, made), async (all) => {
      const functions: Functions = Object.fromEntries(
        models.map((name, index) => {
          const one = all[index] ?? 'answers';
          const error = errors[one];
          return [name, error ? fails(error) : () => payloadOf(one, index)];
        }),
      );
      const kept = Object.fromEntries(
        models.map((name, index) => {
          const one = all[index] ?? 'answers';
          const error = errors[one];
          return [
            name,
            error ? { error, message: 'why' } : { payload: payloadOf(one, index), attempts: 1 },
          ];
        }),
      );
      const result = await execute(
        finish,
        { rows: 2, answers: kept },
        {
          clock: virtualClock(0),
          runTask: () => Promise.reject(new Error('it asks nothing')),
        },
      );
      if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
      const later = result.output as { readonly statusCode: number; readonly body: unknown };
      expect(comparable(later)).toEqual(comparable(await run(now, input, functions)));
    }),
    { numRuns: 60 },
  );
});

describe('asynchronous, where models are asked by messages', () => {
  const served = [price, rent];
  const parts = asynchronous(served, { fanOut: true });
  const whole: Blueprint = {
    ...parts,
    functions: functionsOf(served, parts.functions),
    workflows: served,
    buckets: [{ name: 'models', purpose: 'weights' }],
  };

  it('has a queue for each model, which gets the questions of the workflows that ask it', () => {
    const names = parts.queues.map(({ name }) => name).filter((name) => name.startsWith('ask-'));
    expect(names).toEqual(['ask-line', 'ask-forest', 'ask-small', 'ask-tenant']);
    expect(parts.topics.slice(1).map(({ name, subscriptions }) => [name, subscriptions])).toEqual([
      ['price-questions', [{ queue: 'ask-line' }, { queue: 'ask-forest' }, { queue: 'ask-small' }]],
      ['rent-questions', [{ queue: 'ask-forest' }, { queue: 'ask-tenant' }]],
    ]);
  });

  it('tells each model where its messages and its answers go, and no more', () => {
    const forest = whole.functions.find(({ name }) => name === 'forest') ?? model('forest');
    const variables = Object.keys(needsOfFunction(forest, whole).variables);
    expect(variables.filter((name) => !name.startsWith('MODEL_')).toSorted()).toEqual([
      'ASK_FOREST_QUEUE',
      'PREDICTIONS_BUS',
      'PREDICTIONS_LOST_QUEUE',
      'PREDICTIONS_TABLE',
      'PRICE_FINISH_WORKFLOW',
      'RENT_FINISH_WORKFLOW',
    ]);
    for (const each of whole.functions) expect(() => needsOfFunction(each, whole)).not.toThrow();
    for (const each of parts.machines) expect(() => needsOfWorkflow(each, whole)).not.toThrow();
  });

  it('hides a message for longer than its model may take', () => {
    for (const { visibilitySeconds = 30, consumer } of parts.queues) {
      const spec = whole.functions.find(({ name }) => name === consumer?.function);
      expect(visibilitySeconds).toBeGreaterThan(spec?.timeoutSeconds ?? 0);
    }
  });

  it('has in a part of the service what that part needs', () => {
    const part = narrow(whole, { workflows: ['rent'] });
    expect(part.queues?.map(({ name }) => name).filter((name) => name.startsWith('ask-'))).toEqual([
      'ask-forest',
      'ask-tenant',
    ]);
    expect(part.machines?.map(({ name }) => name)).toEqual([
      'rent-accept',
      'rent-finish',
      'refuse-async',
      'refuse-webhook',
      'tell-webhook',
    ]);
    for (const each of part.functions) expect(() => needsOfFunction(each, part)).not.toThrow();
  });

  it.each<[string, Step]>([
    ['asks one after the other', sequence(priceOf('line'), priceOf('forest'))],
    ['asks a model only', priceOf('line')],
    [
      'has breakers',
      gather([priceOf('line', 2, { breaker: {} }), priceOf('forest')], { quorum: 1 }),
    ],
  ])('runs a workflow as a whole that %s', (_, steps) => {
    const of = asking('other', steps);
    const { queues, topics, machines } = asynchronous([of], { fanOut: true });
    expect(queues.map(({ name }) => name)).toEqual(
      asynchronous([of]).queues.map(({ name }) => name),
    );
    expect(topics).toEqual(asynchronous([of]).topics);
    expect(machines).toEqual(asynchronous([of]).machines);
  });
});
