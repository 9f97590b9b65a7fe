import { InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askRaw, startLambda, type TestLambda } from './testing/start-lambda.ts';

const FunctionName = 'tiny';
let lambda: TestLambda;
beforeAll(async () => {
  lambda = await startLambda();
});
afterAll(() => lambda.remove());

const raw = (method: string, path: string, body?: string, headers = {}) =>
  askRaw(lambda, method, path, body, headers);

const functions = '/2015-03-31/functions';
const invoke = (input: Partial<InvokeCommandInput> = {}) =>
  lambda.client.send(new InvokeCommand({ FunctionName, ...input }));

describe('Invoke', () => {
  const say = (text: string) => Buffer.from(JSON.stringify({ do: 'say', text }));

  it('gives the log of this invocation when it is asked for', async () => {
    await invoke({ Payload: say('before\n') });
    const { LogResult = '', $metadata } = await invoke({
      Payload: say('{"line":1}\nno line end'),
      LogType: 'Tail',
    });
    const id = $metadata.requestId;
    const lines = Buffer.from(LogResult, 'base64').toString().split('\n');
    expect(lines).toEqual([
      `START RequestId: ${id} Version: $LATEST`,
      '{"line":1}',
      'no line end',
      `END RequestId: ${id}`,
      expect.stringMatching(
        new RegExp(
          `^REPORT RequestId: ${id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB(?:\\tMax Memory Used: \\d+ MB\\tProcessor Time: \\d+\\.\\d\\d ms\\tProcessor Wait: \\d+\\.\\d\\d ms)?$`,
        ),
      ),
      '',
    ]);
  });

  it('gives the last 4 KB of a long log', async () => {
    const { LogResult = '' } = await invoke({ Payload: say('ab'.repeat(5000)), LogType: 'Tail' });
    const log = Buffer.from(LogResult, 'base64');
    expect(log).toHaveLength(4096);
    // Where it is cut depends on how many digits the report's durations have.
    expect(log.toString()).toMatch(/^b?(ab)+\nEND RequestId: .*\nREPORT [^\n]*\n$/);
  });

  it('gives the log of a function that fails, too', async () => {
    const { LogResult = '', FunctionError } = await invoke({
      Payload: Buffer.from('{"do":"exit"}'),
      LogType: 'Tail',
    });
    expect(FunctionError).toBe('Unhandled');
    expect(Buffer.from(LogResult, 'base64').toString()).toMatch(/^START .*\nEND .*\nREPORT .*\n$/);
  });

  it('gives no log when it is not asked for', async () => {
    expect((await invoke()).LogResult).toBeUndefined();
    expect((await invoke({ LogType: 'None' })).LogResult).toBeUndefined();
  });

  it('runs nothing when it is dry', async () => {
    const answer = await invoke({
      InvocationType: 'DryRun',
      Payload: Buffer.from('{"do":"exit"}'),
    });
    expect(answer.StatusCode).toBe(204);
    expect(answer.Payload ?? undefined).toBeUndefined();
    expect(answer.FunctionError).toBeUndefined();
    await expect(
      invoke({ InvocationType: 'DryRun', FunctionName: 'tiny:9' }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    [{ 'x-amz-invocation-type': 'Foo' }, 400, 'ValidationException', /'Foo' at 'invocationType'/],
    [{ 'x-amz-invocation-type': '' }, 400, 'ValidationException', /invocationType/],
    [{ 'x-amz-log-type': 'tail' }, 400, 'ValidationException', /'tail' at 'logType'/],
    [{ 'x-amz-client-context': 'e30=' }, 501, 'NotImplementedException', /ClientContext in Invoke/],
    [{ 'x-amz-tenant-id': 'me' }, 501, 'NotImplementedException', /TenantId in Invoke/],
    [{ 'x-amz-durable-execution-name': 'x' }, 501, 'NotImplementedException', /DurableExecution/],
  ])('refuses %j', async (headers, status, type, message) => {
    const path = `${functions}/tiny/invocations`;
    expect(await raw('POST', path, '{"do":"exit"}', headers)).toEqual({
      status,
      type,
      message: expect.stringMatching(message),
    });
  });

  it.each(['{', 'nothing', '\ufeff{}', '{"a":1}}'])('refuses the event %j', async (event) => {
    expect(await raw('POST', `${functions}/tiny/invocations`, event)).toMatchObject({
      status: 400,
      type: 'InvalidRequestContentException',
    });
  });

  it('refuses an event that is not UTF-8, or too large', async () => {
    await expect(invoke({ Payload: Buffer.from([0x22, 0xff, 0x22]) })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    const largest = Buffer.from(`"${'x'.repeat(6_291_554)}"`);
    expect((await invoke({ Payload: largest })).StatusCode).toBe(200);
    await expect(
      invoke({ Payload: Buffer.from(`"${'x'.repeat(6_291_555)}"`) }),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });

  it.each(['null', '[]', '1', '"text"', '  {}  '])('takes the event %s', async (event) => {
    const { Payload = [] } = await invoke({ Payload: Buffer.from(event) });
    expect(JSON.parse(Buffer.from(Payload).toString())).toEqual(JSON.parse(event));
  });
});
