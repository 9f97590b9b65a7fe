import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeRuntimeApi, startFakeRuntimeApi } from './testing/fake-runtime-api.ts';
import { type FunctionProcess, spawnFunction } from './testing/spawn-function.ts';

let api: FakeRuntimeApi;
let running: FunctionProcess | undefined;

beforeEach(async () => {
  api = await startFakeRuntimeApi();
});

afterEach(async () => {
  await running?.kill();
  running = undefined;
  await api.close();
});

function start(environment: Record<string, string> = {}): FunctionProcess {
  running = spawnFunction('function-of-many-moods.ts', {
    AWS_LAMBDA_RUNTIME_API: api.host,
    ...environment,
  });
  return running;
}

describe('an invocation', () => {
  it('gets the event and what Lambda says about it, and its answer is posted', async () => {
    start();
    const call = await api.invoke(
      { mood: 'echo', text: 'ä' },
      { 'lambda-runtime-deadline-ms': '1900000000000' },
    );
    expect(call.path).toBe('invocation/request-1/response');
    expect(call.body).toEqual({
      event: { mood: 'echo', text: 'ä' },
      context: {
        requestId: 'request-1',
        deadlineMs: 1_900_000_000_000,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
        notes: {},
      },
    });
  });

  it('answers null when the handler returns nothing', async () => {
    start();
    expect((await api.invoke({ mood: 'nothing' })).body).toBeNull();
  });

  it('sees its own trace id in the environment, and never the one before', async () => {
    start();
    const traced = await api.invoke({ mood: 'trace' }, { 'lambda-runtime-trace-id': 'Root=1-2' });
    expect(traced.body).toEqual({ trace: 'Root=1-2' });
    expect((await api.invoke({ mood: 'trace' })).body).toEqual({ trace: null });
  });

  it('that throws is answered with message, error name and stack, and the next one is served', async () => {
    start();
    const call = await api.invoke({ mood: 'throws' });
    expect(call.path).toBe('invocation/request-1/error');
    expect(call.headers['lambda-runtime-function-error-type']).toBe('OutOfRangeError');
    expect(call.body).toEqual({
      errorMessage: 'the payload is secret',
      errorType: 'OutOfRangeError',
      stackTrace: expect.arrayContaining([expect.stringMatching(/^at .*moods\.ts/)]),
    });
    expect((await api.invoke({ mood: 'nothing' })).path).toBe('invocation/request-2/response');
  });

  it('that throws something else than an error is answered too', async () => {
    start();
    const call = await api.invoke({ mood: 'throws-no-error' });
    expect(call.body).toEqual({
      errorMessage: 'just a string',
      errorType: 'Error',
      stackTrace: [],
    });
  });

  it('with an answer over 6 MB fails with the name that Lambda uses', async () => {
    start();
    const call = await api.invoke({ mood: 'big' });
    expect(call.path).toBe('invocation/request-1/error');
    expect(call.body).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'the response has 7000002 bytes; Lambda carries at most 6291556',
    });
  });

  it('that Lambda no longer wants an answer to is let go', async () => {
    start();
    api.nextStatuses.push(400);
    api.invoke({ mood: 'echo' });
    expect((await api.invoke({ mood: 'nothing' })).path).toBe('invocation/request-2/response');
    expect(api.calls).toHaveLength(1);
  });
});

describe('the log', () => {
  it('has one line of JSON for each invocation, with notes and without payloads', async () => {
    const { logs } = start({ AWS_LAMBDA_FUNCTION_VERSION: '3' });
    await api.invoke({ mood: 'note', name: 'Ada' });
    await api.invoke({ mood: 'throws' });
    await api.invoke({ mood: 'nothing' });
    await expect.poll(() => logs().length).toBe(3);
    const [noted, failed] = logs();
    expect(noted).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'INFO',
      message: 'invocation',
      requestId: 'request-1',
      function: 'chorus-test',
      version: '3',
      durationMs: expect.any(Number),
      outcome: 'ok',
      cold: true,
    });
    expect(failed).toMatchObject({ level: 'WARN', outcome: 'error', error: 'OutOfRangeError' });
    expect(JSON.stringify(logs())).not.toMatch(/Ada|secret/);
  });

  it('says where a fault of ours happened, without the message that may quote a payload', async () => {
    const { logs } = start();
    await api.invoke({ mood: 'fault' });
    await expect.poll(() => logs().length).toBe(1);
    expect(logs()[0]).toMatchObject({
      error: 'TypeError',
      stack: expect.stringMatching(/^at .*moods\.ts/),
    });
    expect(JSON.stringify(logs())).not.toContain('Ada');
  });

  it('repeats the messages of the runtime’s own errors', async () => {
    const { logs } = start();
    await api.invoke({ mood: 'big' });
    await expect.poll(() => logs().length).toBe(1);
    expect(logs()[0]).toMatchObject({ reason: expect.stringContaining('7000002 bytes') });
  });

  it('is silent below the level that the environment asks for', async () => {
    const { logs } = start({ AWS_LAMBDA_LOG_LEVEL: 'WARN' });
    await api.invoke({ mood: 'nothing' });
    await api.invoke({ mood: 'throws' });
    await expect.poll(() => logs().length).toBe(1);
    expect(logs()[0]).toMatchObject({ requestId: 'request-2' });
  });

  it('counts at every level, when the answer is out, and answers although it cannot count', async () => {
    const { logs } = start({ AWS_LAMBDA_LOG_LEVEL: 'ERROR' });
    await api.invoke({ mood: 'counts' });
    expect((await api.invoke({ mood: 'miscounts' })).path).toBe('invocation/request-2/response');
    await expect.poll(() => logs().length).toBe(2);
    expect(logs()).toMatchObject([
      { level: 'INFO', requestId: 'request-1', rows: 2, counts: '0x2|' },
      { level: 'ERROR', message: 'not counted', error: 'RangeError' },
    ]);
  });
});

describe('the process', () => {
  it('reports an error of init and exits with 1', async () => {
    const { ended, logs } = start({ MOOD: 'init-throws' });
    const call = await api.posted('init/error');
    expect(call.body).toMatchObject({ errorType: 'RangeError', errorMessage: 'no such table' });
    expect(call.headers['lambda-runtime-function-error-type']).toBe('RangeError');
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(logs()).toMatchObject([{ message: 'fatal', reason: 'no such table' }]);
  });

  it.each(['stray', 'rejection'])(
    'reports an error that nobody awaits (%s) as the invocation’s, and exits with 1',
    async (mood) => {
      const { ended, logs } = start();
      const call = await api.invoke({ mood });
      expect(call.path).toBe('invocation/request-1/error');
      expect(call.body).toMatchObject({ errorType: 'TypeError' });
      expect(await ended).toEqual({ code: 1, signal: null });
      expect(logs()).toEqual([expect.objectContaining({ message: 'fatal', error: 'TypeError' })]);
      expect(JSON.stringify(logs())).not.toContain('where nothing awaits it');
    },
  );

  it('exits at SIGTERM, even in the middle of an invocation', async () => {
    const { child, ended } = start();
    await api.invoke({ mood: 'nothing' });
    api.invoke({ mood: 'hangs' });
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it('exits with 1 when the Runtime API is gone', async () => {
    const { ended } = start();
    await api.invoke({ mood: 'nothing' });
    await api.close();
    expect(await ended).toEqual({ code: 1, signal: null });
  });

  it('exits with 1 when the Runtime API says that the container is lost', async () => {
    const { ended } = start();
    api.nextStatuses.push(500, 500);
    api.invoke({ mood: 'nothing' });
    expect(await ended).toEqual({ code: 1, signal: null });
  });

  it('says what is missing when it is not started by Lambda', async () => {
    const { ended, stderr } = start({ AWS_LAMBDA_RUNTIME_API: '' });
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(stderr()).toContain('AWS_LAMBDA_RUNTIME_API is not set');
  });
});

describe('under SnapStart', () => {
  const snapStart = { AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' };

  it('runs its hooks around the snapshot and then serves', async () => {
    const { logs } = start(snapStart);
    const resume = await api.restoring();
    await expect.poll(() => logs().map((line) => line['message'])).toEqual(['before snapshot']);
    resume();
    expect((await api.invoke({ mood: 'nothing' })).path).toBe('invocation/request-1/response');
    expect(logs().map((line) => line['message'])).toContain('after restore');
  });

  it('fails the publishing of a version that is not ready for a snapshot', async () => {
    const { ended } = start({ ...snapStart, MOOD: 'snapshot-fails' });
    expect((await api.posted('init/error')).body).toMatchObject({
      errorMessage: 'not ready for a snapshot',
    });
    expect((await ended).code).toBe(1);
  });

  it('reports a failing restore where Lambda expects it', async () => {
    const { ended } = start({ ...snapStart, MOOD: 'restore-fails' });
    (await api.restoring())();
    expect((await api.posted('restore/error')).body).toMatchObject({
      errorMessage: 'not restored',
    });
    expect((await ended).code).toBe(1);
  });

  it('does not ask for a restore when it is started to serve at once', async () => {
    const { logs } = start({ AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' });
    await api.invoke({ mood: 'nothing' });
    expect(logs()).not.toContainEqual({ message: 'before snapshot' });
  });
});
