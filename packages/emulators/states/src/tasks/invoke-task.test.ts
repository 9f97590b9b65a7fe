import * as sdk from '@aws-sdk/client-lambda';
import type { LambdaService } from '@chorus/emulator-lambda';
import { LambdaError } from '@chorus/emulator-lambda';
import { expect, it } from 'vitest';
import { invokeParameters, invokeTask } from './invoke-task.ts';

type Invoke = Parameters<LambdaService['invoke']>[0];

/** Runs the task with a function that gives its event back. */
async function run(
  given: object,
  functionError?: 'Unhandled',
): Promise<{ result: Record<string, unknown>; asked: Invoke[] }> {
  const asked: Invoke[] = [];
  const invoke: LambdaService['invoke'] = async (call) => {
    asked.push(call);
    const { payload } = call;
    return { payload, executedVersion: '3', ...(functionError && { functionError }) };
  };
  const result = await invokeTask({ invoke }, { arguments: given });
  return { result: result as Record<string, unknown>, asked };
}

it('has decided about each parameter of the SDK, and about no others', () => {
  const model: unknown = Reflect.get(sdk, 'Invoke$');
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError('the SDK has another form of model');
  expect(Object.keys(invokeParameters).sort()).toEqual(input[4].map(String).sort());
});

it.each([
  [{ a: 1 }, '{"a":1}'],
  [[1], '[1]'],
  [0, '0'],
  [null, '{}'],
  [undefined, '{}'],
  ['0.0', '0.0'],
  ['{}', '{}'],
  ['"text"', '"text"'],
])('sends the payload %j as %s', async (Payload, event) => {
  const { asked, result } = await run({ FunctionName: 'f', Payload });
  expect(Buffer.from(asked[0]?.payload ?? []).toString()).toBe(event);
  expect(result['Payload']).toEqual(JSON.parse(event));
});

it('refuses a text that is not JSON as Lambda does', async () => {
  await expect(run({ FunctionName: 'f', Payload: 'text' })).rejects.toMatchObject({
    name: 'Lambda.InvalidRequestContentException',
  });
});

it('tells of the call what the SDK tells', async () => {
  const { result, asked } = await run({ FunctionName: 'f', Payload: { a: 1 } });
  const id = asked[0]?.requestId;
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(result).toMatchObject({
    ExecutedVersion: '3',
    StatusCode: 200,
    SdkResponseMetadata: { RequestId: id },
    SdkHttpMetadata: {
      HttpStatusCode: 200,
      HttpHeaders: {
        'Content-Type': 'application/json',
        'Content-Length': '7',
        'X-Amz-Executed-Version': '3',
        'x-amzn-RequestId': id,
      },
      AllHttpHeaders: { 'Content-Length': ['7'], 'X-Amz-Executed-Version': ['3'] },
    },
  });
});

it('invokes the qualifier', async () => {
  const { asked } = await run({ FunctionName: 'f', Qualifier: 'live' });
  expect(asked).toMatchObject([{ functionName: 'f', qualifier: 'live' }]);
});

it('takes the values that say what it does anyway', async () => {
  const { asked } = await run({
    FunctionName: 'f',
    InvocationType: 'RequestResponse',
    LogType: 'None',
  });
  expect(asked).toHaveLength(1);
});

it.each([
  [{ InvocationType: 'Event' }, 'InvocationType "Event"'],
  [{ InvocationType: 'DryRun' }, 'InvocationType "DryRun"'],
  [{ LogType: 'Tail' }, 'LogType "Tail"'],
  [{ ClientContext: 'e30=' }, 'ClientContext'],
  [{ TenantId: 't' }, 'TenantId'],
  [{ DurableExecutionName: 'd' }, 'DurableExecutionName'],
  [{ Payloads: {} }, 'Payloads'],
  [{ Qualifier: 1 }, 'Qualifier'],
  [{ FunctionName: '' }, 'FunctionName'],
  [{ FunctionName: 7 }, 'FunctionName'],
])('refuses %j by name', async (given, message) => {
  await expect(run({ FunctionName: 'f', ...given })).rejects.toMatchObject({
    name: 'States.Runtime',
    message: expect.stringContaining(message),
  });
});

it.each([
  ['{"errorType":"TypeError"}', 'TypeError'],
  ['{"errorType":1}', 'Lambda.Unknown'],
  ['null', 'Lambda.Unknown'],
  ['"text"', 'Lambda.Unknown'],
])('makes the error %s of a function the task’s', async (Payload, name) => {
  await expect(run({ FunctionName: 'f', Payload }, 'Unhandled')).rejects.toMatchObject({
    name,
    message: Payload,
  });
});

it.each([
  ['half of an answer', '{"outputs":[{', undefined],
  ['no answer at all', '', undefined],
  ['half of an error', '{"errorType":"Ty{', 'Unhandled' as const],
])('takes %s for a failure that may pass, in AWS’s words', async (_, text, functionError) => {
  const answer = { payload: Buffer.from(text), executedVersion: '3' };
  const invoke = async () => ({ ...answer, ...(functionError && { functionError }) });
  const task = invokeTask({ invoke }, { arguments: { FunctionName: 'f' } });
  await expect(task).rejects.toMatchObject({
    name: 'Lambda.Unknown',
    message: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  });
});

it('names what Lambda refuses', async () => {
  const refused = new LambdaError('ResourceNotFoundException', 404, 'Function not found: f');
  const task = invokeTask(
    { invoke: () => Promise.reject(refused) },
    { arguments: { FunctionName: 'f' } },
  );
  await expect(task).rejects.toMatchObject({
    name: 'Lambda.ResourceNotFoundException',
    message: 'Function not found: f',
  });
});

it('says so when the function could not be asked at all', async () => {
  const task = invokeTask(
    { invoke: () => Promise.reject(new Error('no more workers')) },
    { arguments: { FunctionName: 'f' } },
  );
  await expect(task).rejects.toMatchObject({
    name: 'Lambda.Unknown',
    message: 'Error: no more workers',
  });
});

it('runs no call without arguments', async () => {
  const invoke = () => Promise.reject(new Error('asked'));
  for (const given of [null, 'f', undefined])
    await expect(invokeTask({ invoke }, { arguments: given })).rejects.toMatchObject({
      name: 'States.Runtime',
      message: expect.stringContaining('needs the name of a function'),
    });
});
