import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStandard, states, type TestStates } from '../testing/start-standard.ts';

const waiting = (fields: object = {}): Record<string, unknown> =>
  states({
    A: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
      ...fields,
      End: true,
    },
  });

let directory: string;
let test: TestStates;
/** What the functions wait for before they answer; nothing, unless a test says so. */
let asked: PromiseWithResolvers<void>;
/** Resolves with the next token that a function is given. */
let nextToken: () => Promise<string>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  asked = Promise.withResolvers();
  asked.resolve();
  const tokens: string[] = [];
  let wake = () => {};
  nextToken = async () => {
    while (tokens.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return tokens.shift() ?? '';
  };
  test = await startStandard({
    machines: {
      waits: waiting(),
      beats: waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 1000 }),
      asked: waiting({ HeartbeatSeconds: '{% $states.input.seconds %}' }),
      retries: waiting({ Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 5 }] }),
    },
    directory,
    answer: async (event) => {
      tokens.push(String(Object(event).token));
      wake();
      await asked.promise;
      return 'accepted';
    },
  });
});
afterEach(() => rm(directory, { recursive: true }));

const succeed = (taskToken: string, output = '"done"') =>
  test.client.send(new SendTaskSuccessCommand({ taskToken, output }));
const fail = (taskToken: string, error?: string, cause?: string) =>
  test.client.send(new SendTaskFailureCommand({ taskToken, error, cause }));
const beat = (taskToken: string) => test.client.send(new SendTaskHeartbeatCommand({ taskToken }));
const timedOut = {
  name: 'TaskTimedOut',
  message: "Task Timed Out: 'Provided task does not exist anymore'",
};

it('goes on with the output that is sent with its token', async () => {
  const arn = await test.start('waits');
  const token = await nextToken();
  await test.reached(arn, 'TaskSubmitted');
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  await succeed(token, '{"a":[1]}');
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"a":[1]}' });
  const events = await test.history(arn);
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events[2]?.taskScheduledEventDetails).toMatchObject({
    resourceType: 'lambda',
    resource: 'invoke.waitForTaskToken',
  });
  expect(JSON.parse(events[4]?.taskSubmittedEventDetails?.output ?? '')).toMatchObject({
    Payload: 'accepted',
  });
  await expect(succeed(token)).rejects.toMatchObject(timedOut);
  await expect(fail(token)).rejects.toMatchObject(timedOut);
  await expect(beat(token)).rejects.toMatchObject(timedOut);
});

it('fails with what is sent as its failure', async () => {
  const arn = await test.start('waits');
  await fail(await nextToken(), 'Broken', 'by hand');
  expect(await test.ended(arn)).toMatchObject({
    status: 'FAILED',
    error: 'Broken',
    cause: 'by hand',
  });
});

it('keeps waiting over restarts, and asks its function once', async () => {
  const arn = await test.start('waits');
  const token = await nextToken();
  await test.reached(arn, 'TaskSubmitted');
  await test.restart();
  await test.restart();
  await beat(token);
  await succeed(token);
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  expect((await test.history(arn)).filter(({ type }) => type === 'TaskSubmitted')).toHaveLength(1);
});

it('has what was sent before a restart, though nothing could be done with it', async () => {
  const arn = await test.start('waits');
  const token = await nextToken();
  await test.reached(arn, 'TaskSubmitted');
  await test.emulator.close();
  // The next process takes the token before it goes on with the execution.
  const other = await startStandard({ machines: {}, directory });
  await other.client.send(new SendTaskSuccessCommand({ taskToken: token, output: '1' }));
  other.emulator.resume();
  expect(await other.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
});

it('times out without a heartbeat, and not with one', async () => {
  const arn = await test.start('beats');
  const token = await nextToken();
  await test.reached(arn, 'TaskSubmitted');
  for (let count = 0; count < 3; count += 1) {
    test.clock.advance(9000);
    await beat(token);
  }
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  test.clock.advance(10_000);
  expect(await test.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  await expect(succeed(token)).rejects.toMatchObject(timedOut);
});

it('takes the seconds between heartbeats from its input', async () => {
  const arn = await test.start('asked', { seconds: 7 });
  await nextToken();
  await test.reached(arn, 'TaskSubmitted');
  test.clock.advance(6999);
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  test.clock.advance(1);
  expect(await test.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  const scheduled = (await test.history(arn)).find(({ type }) => type === 'TaskScheduled');
  expect(scheduled?.taskScheduledEventDetails?.heartbeatInSeconds).toBe(7);
});

it('has a new token for each attempt', async () => {
  const arn = await test.start('retries');
  const first = await nextToken();
  await fail(first, 'Again');
  await test.reached(arn, 'TaskFailed');
  await expect(succeed(first)).rejects.toMatchObject(timedOut);
  test.clock.advance(5000);
  const second = await nextToken();
  expect(second).not.toBe(first);
  await succeed(second);
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
});

it('is over when its execution was stopped', async () => {
  const arn = await test.start('waits');
  const token = await nextToken();
  await test.client.send(new StopExecutionCommand({ executionArn: arn }));
  await expect(succeed(token)).rejects.toMatchObject(timedOut);
});

it('is over when its execution was stopped while the function was being asked', async () => {
  asked = Promise.withResolvers();
  const arn = await test.start('waits');
  await nextToken();
  await test.client.send(new StopExecutionCommand({ executionArn: arn }));
  // A failure that nothing handles would end the process.
  asked.resolve();
  expect(await test.describe(arn)).toMatchObject({ status: 'ABORTED' });
  const types = (await test.history(arn)).map(({ type }) => type);
  expect(types).not.toContain('TaskSubmitted');
});

it('refuses tokens that are none, and those of another folder', async () => {
  await expect(beat('mine')).rejects.toMatchObject({ name: 'InvalidToken' });
  const elsewhere = await mkdtemp(join(tmpdir(), 'chorus-states-'));
  const other = await startStandard({ machines: {}, directory: elsewhere });
  const token = other.emulator.service.executions.tokens.make(1, '');
  await expect(succeed(token)).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
  await rm(elsewhere, { recursive: true });
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 200 }), async (token) => {
      await expect(fail(token)).rejects.toMatchObject({ name: 'InvalidToken' });
    }),
    { numRuns: 30 },
  );
});

it.each(['', '{', 'text', '1e400', '"\\ud83d"'])('refuses the output %j', async (output) => {
  await test.start('waits');
  await expect(succeed(await nextToken(), output)).rejects.toMatchObject({ name: 'InvalidOutput' });
});
