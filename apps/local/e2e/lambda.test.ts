import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { isRunning } from '@chorus/emulator-files/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { moodyBlueprint, startTestCloud, type TestCloud } from './test-cloud.ts';

let cloud: TestCloud;
let client: LambdaClient;

async function start(options: Parameters<typeof moodyBlueprint>[0] = {}): Promise<void> {
  cloud = await startTestCloud(moodyBlueprint(options));
  client = new LambdaClient({
    endpoint: cloud.url,
    region,
    credentials: cloud.credentials,
    maxAttempts: 1,
  });
}

beforeEach(() => start());

afterEach(async () => {
  client.destroy();
  await cloud.remove();
});

async function invoke(order: unknown) {
  const answer = await client.send(
    new InvokeCommand({ FunctionName: 'chorus-moody', Payload: JSON.stringify(order) }),
  );
  const payload = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  return { payload, error: answer.FunctionError, status: answer.StatusCode };
}

it('answers with what the handler returns', async () => {
  expect(await invoke({ do: 'echo', word: 'ß' })).toEqual({
    payload: { do: 'echo', word: 'ß' },
    error: undefined,
    status: 200,
  });
});

it('keeps a process for the next event', async () => {
  const first = await invoke({ do: 'pid' });
  expect((await invoke({ do: 'pid' })).payload).toEqual(first.payload);
});

it('reports what a handler throws by name and message, and serves on', async () => {
  expect(await invoke({ do: 'throw' })).toMatchObject({
    payload: { errorType: 'RangeError', errorMessage: 'told to' },
    error: 'Unhandled',
  });
  expect((await invoke({ do: 'echo' })).error).toBeUndefined();
});

it('reports a process that ends in mid-request, and replaces it', async () => {
  expect(await invoke({ do: 'exit' })).toMatchObject({
    payload: {
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 7'),
    },
    error: 'Unhandled',
  });
  expect((await invoke({ do: 'echo' })).error).toBeUndefined();
});

it('tells every event that waits for an initialisation that fails what failed', async () => {
  await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'chorus-moody',
      Environment: { Variables: { MOOD: 'broken' } },
    }),
  );
  await waitUntilFunctionUpdatedV2(
    { client, maxWaitTime: 10, minDelay: 1 },
    { FunctionName: 'chorus-moody' },
  );
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => invoke({ do: 'echo' })));
  for (const { payload, error } of answers) {
    expect(payload).toMatchObject({ errorType: 'RangeError', errorMessage: 'broken on purpose' });
    expect(error).toBe('Unhandled');
  }
});

it('loses no event to an error that a process makes after its answer', async () => {
  for (let milliseconds = 0; milliseconds < 12; milliseconds += 1) {
    const { pid } = (await invoke({ do: 'reject', milliseconds })).payload;
    const others = await Promise.all(Array.from({ length: 4 }, () => invoke({ do: 'echo' })));
    // One that is in hand at that moment is told of the error; the others do not notice.
    const failed = others.filter(({ error }) => error !== undefined);
    expect(failed.length).toBeLessThanOrEqual(1);
    for (const { payload } of failed)
      expect(payload).toMatchObject({ errorType: 'Error', errorMessage: 'nothing awaits it' });
    await expect.poll(() => isRunning(pid)).toBe(false);
  }
});

it('reports a process killed in mid-request', async () => {
  const { pid } = (await invoke({ do: 'pid' })).payload;
  const hanging = invoke({ do: 'hang' });
  // The kill must meet the event in the process, so it waits until the process is busy.
  await expect.poll(() => cloud.lambda.busy('chorus-moody'), { interval: 5 }).toBe(1);
  process.kill(pid, 'SIGKILL');
  expect((await hanging).payload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('signal: SIGKILL'),
  });
});

it('kills and replaces a process that never answers', async () => {
  client.destroy();
  await cloud.remove();
  await start({ timeoutSeconds: 1 });
  const { pid } = (await invoke({ do: 'pid' })).payload;
  expect(await invoke({ do: 'hang' })).toMatchObject({
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
    },
    error: 'Unhandled',
  });
  await expect.poll(() => isRunning(pid)).toBe(false);
  expect((await invoke({ do: 'pid' })).payload.pid).not.toBe(pid);
});

it('refuses an answer above 6 MB', async () => {
  expect((await invoke({ do: 'large' })).payload).toMatchObject({
    errorType: 'Function.ResponseSizeTooLarge',
  });
  expect((await invoke({ do: 'echo' })).error).toBeUndefined();
});

it('scales out to its concurrency, then throttles', async () => {
  client.destroy();
  await cloud.remove();
  await start({ timeoutSeconds: 8 });
  const hanging = [invoke({ do: 'hang' }), invoke({ do: 'hang' })];
  await expect.poll(() => cloud.lambda.busy('chorus-moody'), { interval: 20 }).toBe(2);
  await expect(invoke({ do: 'echo' })).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  expect((await Promise.all(hanging)).map(({ payload }) => payload.errorType)).toEqual([
    'Sandbox.Timedout',
    'Sandbox.Timedout',
  ]);
});

it('gives a changed environment to fresh processes and lets the old one finish', async () => {
  const old = (await invoke({ do: 'pid' })).payload.pid;
  const before = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'chorus-moody' }),
  );
  const hanging = invoke({ do: 'wait', milliseconds: 400 });
  const after = await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'chorus-moody',
      Environment: { Variables: { MOOD: 'bright' } },
      ...(before.RevisionId !== undefined && { RevisionId: before.RevisionId }),
    }),
  );
  expect(after.RevisionId).not.toBe(before.RevisionId);
  expect(after.LastUpdateStatus).toBe('InProgress');
  await waitUntilFunctionUpdatedV2(
    { client, minDelay: 0.01, maxDelay: 0.02, maxWaitTime: 5 },
    { FunctionName: 'chorus-moody' },
  );
  expect((await invoke({ do: 'environment' })).payload).toMatchObject({ mood: 'bright' });
  expect((await hanging).payload).toEqual({ pid: old });
  await expect.poll(() => isRunning(old)).toBe(false);
});

it('refuses a change based on an old revision', async () => {
  await expect(
    client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'chorus-moody',
        Environment: { Variables: {} },
        RevisionId: 'f00d',
      }),
    ),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
});

it('lists its functions and says what it does not have or do', async () => {
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['chorus-moody']);
  await expect(client.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(
    client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'chorus-moody', MemorySize: 1 }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await expect(
    client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'chorus-moody', Layers: ['a'] }),
    ),
  ).rejects.toMatchObject({
    name: 'NotImplementedException',
    message: expect.stringContaining('Layers'),
  });
});

it('leaves no process behind', async () => {
  const { pid } = (await invoke({ do: 'pid' })).payload;
  await cloud.remove();
  await expect.poll(() => isRunning(pid)).toBe(false);
  await start();
});
