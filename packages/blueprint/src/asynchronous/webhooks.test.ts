import {
  type Clock,
  compile,
  type ExecutionResult,
  execute,
  StatesError,
  virtualClock,
} from '@chorus/asl';
import { describe, expect, it } from 'vitest';
import { output } from '../answers/output.ts';
import { model } from '../functions.ts';
import { text } from '../requests/text.ts';
import { ask } from '../steps/ask.ts';
import { workflow } from '../workflow.ts';
import { acceptMachine } from './accept.ts';
import { webhookMachine } from './webhooks.ts';

interface Call {
  readonly operation: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

const mood = workflow({
  name: 'mood',
  request: text({ maxBytes: 20 }),
  steps: ask(model('tone'), {
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [1] }],
    outputs: [{ name: 'label', datatype: 'BYTES', shape: [1] }],
  }),
  answer: output('label'),
  example: { text: 'fine' },
});

const registered = 'https://hooks.example.com/told';

/** Takes a request with a webhook. @param troubles errors of the next requests to the table of webhooks */
async function accept(webhook: unknown, troubles: readonly string[] = []) {
  const calls: Call[] = [];
  const left = [...troubles];
  const substitutions = {
    PREDICTIONS_TABLE: 'kept',
    REQUESTS_TOPIC: 'arn:topic',
    WEBHOOKS_TABLE: 'registered',
  };
  const machine = compile(acceptMachine(mood).definition, { name: 'accept', substitutions });
  const input = { request: { text: 'fine' }, ...(webhook !== undefined && { webhook }) };
  const result = await execute(machine, input, {
    clock: virtualClock(0),
    async runTask({ resource, arguments: given }) {
      const operation = resource.slice(resource.lastIndexOf(':') + 1);
      const of = given as Call['arguments'];
      calls.push({ operation, arguments: of });
      if (operation !== 'getItem') return {};
      const error = left.shift();
      if (error !== undefined) throw new StatesError(error, 'why');
      const { url } = of['Key'] as { readonly url: { readonly S: string } };
      return url.S === registered ? { Item: { url } } : {};
    },
  });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return { result: result.output as { statusCode: number; body: { error?: string } }, calls };
}

describe('a request with a webhook', () => {
  it.each([registered, `${registered}?order=7&a=b?c`])(
    'is kept with it, where it is registered: %s',
    async (webhook) => {
      const { result, calls } = await accept(webhook);
      expect(result.statusCode).toBe(202);
      expect(calls.map(({ operation }) => operation)).toEqual(['getItem', 'putItem', 'publish']);
      // Not the secret, which is beside it.
      expect(calls[0]?.arguments).toMatchObject({
        TableName: 'registered',
        Key: { url: { S: registered } },
        ProjectionExpression: '#url',
      });
      expect(calls[1]?.arguments).toMatchObject({ Item: { webhook: { S: webhook } } });
    },
  );

  it.each([
    'https://hooks.example.com/other',
    'https://hooks.example.com/told/more',
    'https://hooks.example.com/tol',
    'https://HOOKS.example.com/told',
    'https://name@hooks.example.com/told',
    'https://hooks.example.com/told#?',
    'http://169.254.169.254/latest/meta-data',
  ])('is refused where it is not, and nothing is written: %s', async (webhook) => {
    const { result, calls } = await accept(webhook);
    expect(result).toMatchObject({
      statusCode: 400,
      body: { error: expect.stringMatching(/^webhook: this URL is not registered/) },
    });
    expect(calls.map(({ operation }) => operation)).toEqual(['getItem']);
  });

  it.each([
    'told',
    '?',
    ' ',
    'https://',
    'ftp://hooks.example.com/told',
    `${registered} `,
    `${registered}?a=b c`,
    `${registered}?a=\u00e9`,
    `${registered}?a=\n`,
    `${registered}?a=\ud83d`,
    `${registered}?${'a'.repeat(2000)}`,
  ])('is refused without a look where it is no such URL: %j', async (webhook) => {
    const { result, calls } = await accept(webhook);
    expect(result).toMatchObject({
      statusCode: 400,
      body: { error: expect.stringMatching(/^webhook: /) },
    });
    expect(calls).toEqual([]);
  });

  it('is 503 where the table cannot be read, after three tries', async () => {
    const { result, calls } = await accept(registered, Array(3).fill('DynamoDB.Exception'));
    expect(result.statusCode).toBe(503);
    expect(calls.map(({ operation }) => operation)).toEqual(['getItem', 'getItem', 'getItem']);
  });

  it.each([undefined, ''])('has none with %j, and nothing is looked up', async (webhook) => {
    const { result, calls } = await accept(webhook);
    expect(result.statusCode).toBe(202);
    expect(calls.map(({ operation }) => operation)).toEqual(['putItem', 'publish']);
  });
});

const detail = {
  id: 'a',
  workflow: 'mood',
  status: 'done',
  statusCode: 200,
  replays: 1,
  webhook: true,
};

/** Tells of the end of a request. @param troubles errors of the next calls, and of the next messages to the queue */
async function tell(
  troubles: readonly string[],
  ofQueue: readonly string[] = [],
  why = 'why it is so',
) {
  const calls: Call[] = [];
  const left = { invoke: [...troubles], sendMessage: [...ofQueue] };
  const machine = compile(webhookMachine.definition, {
    name: webhookMachine.name,
    type: 'STANDARD',
    substitutions: { call_webhook: 'arn:call', DEAD_LETTERS_QUEUE: 'http://letters' },
  });
  let now = 0;
  const clock: Clock = {
    now: () => now,
    // All waits between attempts are over at once; the machine's own time is not.
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        if (ms > 86_400_000) return;
        now += ms;
        resolve();
      }),
  };
  const result: ExecutionResult = await execute(
    machine,
    { source: 's', detail },
    {
      clock,
      executionName: 'r-1',
      async runTask({ resource, arguments: given }) {
        const operation = resource.endsWith('invoke') ? 'invoke' : 'sendMessage';
        calls.push({ operation, arguments: given as Call['arguments'] });
        const error = left[operation].shift();
        if (error !== undefined) throw new StatesError(error, why);
        return { Payload: { told: true } };
      },
    },
  );
  return { result, calls, hours: now / 3_600_000 };
}

const operations = (calls: readonly Call[]) => calls.map(({ operation }) => operation);

describe('the end of a request', () => {
  it('is told with one call', async () => {
    const { result, calls } = await tell([]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { told: true } });
    expect(calls).toEqual([
      {
        operation: 'invoke',
        arguments: { FunctionName: 'arn:call', Payload: { id: 'a', replays: 1 } },
      },
    ]);
  });

  it('is told again after any failure', async () => {
    const { result, calls } = await tell(['WebhookFailedError', 'Lambda.Unknown', 'TimeoutError']);
    expect(result.status).toBe('SUCCEEDED');
    expect(operations(calls)).toEqual(['invoke', 'invoke', 'invoke', 'invoke']);
  });

  it('that cannot be told in hours is a dead letter, with what a replay needs', async () => {
    const { result, calls, hours } = await tell(Array(20).fill('WebhookFailedError'));
    expect(result).toMatchObject({ status: 'FAILED', error: 'WebhookNotToldError' });
    expect(operations(calls)).toEqual([...Array(10).fill('invoke'), 'sendMessage']);
    expect(hours).toBeLessThan(18.2);
    expect(calls.at(-1)?.arguments).toEqual({
      QueueUrl: 'http://letters',
      MessageGroupId: 'webhook-a',
      MessageDeduplicationId: 'r-1',
      MessageBody: {
        id: 'webhook-a',
        workflow: 'mood',
        replays: 1,
        webhook: true,
        input: detail,
        statusCode: 502,
        error: 'WebhookFailedError: why it is so',
        attempts: 10,
        failedAt: expect.stringMatching(/^\d{4}-/),
      },
    });
  });

  it.each(['WebhookGoneError', 'WebhookRefusedError'])(
    'is a dead letter at once where another attempt changes nothing: %s',
    async (error) => {
      const { calls } = await tell([error]);
      expect(operations(calls)).toEqual(['invoke', 'sendMessage']);
      expect(calls[1]?.arguments).toMatchObject({ MessageBody: { attempts: 1 } });
    },
  );

  it.each([
    ['{"errorMessage":"no more","errorType":"WebhookGoneError","stackTrace":[]}', 'no more'],
    ['{"errorMessage":"say \\"no\\"","stackTrace":["at', 'say \\"no\\"'],
    ['{"stackTrace":["at', '{"stackTrace":["at'],
    ['', ''],
  ])('has of %j the message of the function in its dead letter', async (cause, message) => {
    const { calls } = await tell(['WebhookGoneError'], [], cause);
    expect(calls[1]?.arguments).toMatchObject({
      MessageBody: { error: `WebhookGoneError: ${message}` },
    });
  });

  it('is not lost where the queue is away for a while', async () => {
    const { calls, result } = await tell(['WebhookGoneError'], Array(5).fill('SQS.SdkException'));
    expect(operations(calls)).toEqual(['invoke', ...Array(6).fill('sendMessage')]);
    expect(result).toMatchObject({ error: 'WebhookNotToldError' });
  });
});
