import { InvokeCommand, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { InvocationFault } from './invocation-fault.ts';
import { ask, startLambda, type TestLambda } from './testing/start-lambda.ts';

const hour = 3_600_000;
let faults: Record<string, InvocationFault> = {};
let lambda: TestLambda;
beforeAll(async () => {
  lambda = await startLambda({ more: 1, faultOf: (name) => faults[name] });
});
afterAll(() => lambda.remove());
beforeEach(() => {
  faults = {};
});

const environment = { do: 'environment' };
const pid = async () => (await ask(lambda, environment)).payload.pid;

it('a slow event counts against the time-out, like a slow network', async () => {
  const slow = { delayMs: hour };
  const short = await startLambda({ timeoutSeconds: 1, faultOf: () => slow });
  const { payload, error } = await ask(short, {});
  expect([payload.errorType, error]).toEqual(['Sandbox.Timedout', 'Unhandled']);
  expect(payload.errorMessage).toContain('Task timed out after 1.00 seconds');
  await short.remove();
});

it('a slow event arrives as soon as the fault is over, also one that has not been sent yet', async () => {
  const fault = new AbortController();
  faults = { tiny: { delayMs: hour, over: fault.signal } };
  const answers = [1, 2, 3].map((number) => ask(lambda, { number }));
  await expect.poll(() => lambda.service.busy('tiny')).toBeGreaterThan(0);
  fault.abort();
  expect((await Promise.all(answers)).map(({ payload }) => payload)).toEqual([
    { number: 1 },
    { number: 2 },
    { number: 3 },
  ]);
});

it('a function that fails says so by a name that stays', async () => {
  faults = { tiny: { kind: 'fail' } };
  const { payload, error, version } = await ask(lambda, environment);
  expect(payload).toEqual({
    errorType: 'ChaosError',
    errorMessage: 'The function fails: chaos was told to.',
  });
  expect([error, version]).toEqual(['Unhandled', '$LATEST']);
});

it('a throttled event is refused in the words that SDKs retry', async () => {
  faults = { tiny: { kind: 'throttle' } };
  const command = new InvokeCommand({ FunctionName: 'tiny' });
  await expect(lambda.client.send(command)).rejects.toThrow(TooManyRequestsException);
});

it('a worker is killed as soon as it has the event', async () => {
  const before = await pid();
  faults = { tiny: { kind: 'kill' } };
  const { payload } = await ask(lambda, { do: 'hang' });
  expect(payload.errorType).toBe('Runtime.ExitError');
  expect(payload.errorMessage).toMatch(/Error: Runtime exited with error: signal: killed$/);
  faults = {};
  expect(await pid()).not.toBe(before);
});

it('or when it has done its work, and the answer is lost', async () => {
  const before = await pid();
  faults = { tiny: { kind: 'kill', isLate: true } };
  const command = new InvokeCommand({
    FunctionName: 'tiny',
    LogType: 'Tail',
    Payload: Buffer.from('{"do":"say","text":"it is done\\n"}'),
  });
  const { FunctionError, Payload, LogResult = '' } = await lambda.client.send(command);
  expect(FunctionError).toBe('Unhandled');
  expect(Buffer.from(Payload ?? []).toString()).toContain('signal: killed');
  expect(Buffer.from(LogResult, 'base64').toString()).toContain('it is done');
  faults = {};
  expect(await pid()).not.toBe(before);
});

it('half of an answer is no JSON, and no error of the function', async () => {
  faults = { tiny: { kind: 'corrupt', delayMs: 1 } };
  const { FunctionError, Payload, StatusCode } = await lambda.client.send(
    new InvokeCommand({ FunctionName: 'tiny', Payload: Buffer.from('{"a":[1,2,3]}') }),
  );
  expect([StatusCode, FunctionError]).toEqual([200, undefined]);
  expect(Buffer.from(Payload ?? []).toString()).toBe('{"a":[{');
});

it('other functions have nothing of it', async () => {
  faults = { tiny: { kind: 'fail' } };
  expect((await ask(lambda, { sure: true }, 'tiny-2')).payload).toEqual({ sure: true });
});
