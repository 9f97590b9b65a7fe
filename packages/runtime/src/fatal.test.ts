import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeRuntimeApi, startFakeRuntimeApi } from './testing/fake-runtime-api.ts';
import { oddValues } from './testing/odd-values.ts';
import { type FunctionProcess, spawnFunction } from './testing/spawn-function.ts';

let api: FakeRuntimeApi;
const apis: FakeRuntimeApi[] = [];
const running: FunctionProcess[] = [];

async function startApi(): Promise<FakeRuntimeApi> {
  const started = await startFakeRuntimeApi();
  apis.push(started);
  return started;
}

beforeEach(async () => {
  api = await startApi();
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.kill();
  for (const each of apis.splice(0)) await each.close();
});

function start(environment: Record<string, string> = {}, of = api): FunctionProcess {
  const started = spawnFunction('function-of-many-moods.ts', {
    AWS_LAMBDA_RUNTIME_API: of.host,
    ...environment,
  });
  running.push(started);
  return started;
}

const exit = { code: 1, signal: null };

describe('after an error that nobody awaits, no event is asked for', () => {
  it.each([0, 1, 2, 3, 5, 8, 13, 40])(
    'nor lost, %d turns of the event loop after the answer',
    async (turns) => {
      const { ended } = start();
      const first = api.invoke({ mood: 'rejects-late', turns });
      // As many as may be asked for until then wait already.
      for (let index = 0; index < 200; index += 1) void api.invoke({ mood: 'nothing' });
      expect(await ended).toEqual(exit);
      expect((await first).path).toMatch(/^invocation\/request-1\/(response|error)$/);
      const answered = api.calls.map(({ path }) => path.split('/')[1]);
      expect(answered).toEqual(api.given);
      expect(api.asked).toBe(api.given.length);
    },
  );

  it('when it comes together with the answer', async () => {
    const { ended } = start();
    const first = api.invoke({ mood: 'rejects-late' });
    void api.invoke({ mood: 'nothing' });
    expect((await first).path).toBe('invocation/request-1/response');
    expect(await ended).toEqual(exit);
    expect(api.asked).toBe(1);
  });

  it('when it comes between the answer and the next event', async () => {
    const { ended } = start();
    void api.invoke({ mood: 'rejects-as-logged' });
    void api.invoke({ mood: 'nothing' });
    expect(await ended).toEqual(exit);
    expect(api.calls.map(({ path }) => path)).toEqual(['invocation/request-1/response']);
    expect(api.asked).toBe(1);
  });

  it('while it waits for one: it says so, and ends', async () => {
    const { child, ended, logs } = start();
    await api.waiting();
    child.kill('SIGUSR2');
    await api.left;
    expect(await ended).toEqual(exit);
    expect(api.calls).toEqual([]);
    expect(api.asked).toBe(1);
    expect(logs()).toEqual([expect.objectContaining({ message: 'fatal', error: 'TypeError' })]);
  });

  it('while one is under way already: that is answered with the error', async () => {
    api.behaviour.isLate = true;
    const { child, ended } = start();
    await api.waiting();
    const late = api.invoke({ mood: 'nothing' });
    child.kill('SIGUSR2');
    const call = await late;
    expect(call.path).toBe('invocation/request-1/error');
    expect(call.body).toMatchObject({ errorMessage: 'rejected at a signal' });
    expect(await ended).toEqual(exit);
    expect(api.asked).toBe(1);
  });

  it('while an answer is being posted: it is posted to its end, and nothing else', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    api.behaviour.hold = promise;
    const { child, ended, logs } = start();
    const call = api.invoke({ mood: 'nothing' });
    await expect.poll(() => api.posts).toBe(1);
    child.kill('SIGUSR2');
    await expect.poll(() => logs()).toHaveLength(1);
    resolve();
    expect((await call).path).toBe('invocation/request-1/response');
    expect(await ended).toEqual(exit);
    expect(api.calls).toHaveLength(1);
    expect(api.asked).toBe(1);
    expect(logs()).toMatchObject([{ message: 'fatal' }, { message: 'invocation', outcome: 'ok' }]);
  });

  it('and of two errors the first is told to the caller, both to the log', async () => {
    const { ended, logs } = start();
    const call = await api.invoke({ mood: 'rejects-and-throws' });
    expect(call.body).toMatchObject({ errorMessage: 'the first' });
    expect(await ended).toEqual(exit);
    expect(api.calls).toHaveLength(1);
    expect(logs().map((line) => line['message'])).toEqual([
      'fatal',
      'another error while the process ends',
    ]);
  });

  it('and the process ends though the Runtime API takes no report, SIGTERM or not', async () => {
    api.behaviour.hold = new Promise(() => {});
    const { child, ended, logs } = start();
    void api.invoke({ mood: 'rejection' });
    await expect.poll(() => api.posts).toBe(1);
    child.kill('SIGTERM');
    expect(await ended).toEqual(exit);
    expect(logs()).toMatchObject([
      { message: 'fatal' },
      { message: 'fatal error not reported', reason: 'not finished within 2000 ms' },
    ]);
  });
});

describe('an init that fails', () => {
  it.each([
    ['init-throws', 'no such table', 'RangeError'],
    ['init-stray', 'no such table', 'RangeError'],
    ['init-odd', '', 'Error'],
  ])(
    '(%s) is told once, however many events wait, and none is asked for',
    async (MOOD, errorMessage, errorType) => {
      for (let index = 0; index < 20; index += 1) void api.invoke({ mood: 'nothing' });
      const { ended } = start({ MOOD });
      expect(await ended).toEqual(exit);
      expect(api.calls).toMatchObject([{ path: 'init/error', body: { errorMessage, errorType } }]);
      expect(api.asked).toBe(0);
    },
  );
});

describe('whatever is thrown', () => {
  it('is reported as the invocation’s error, and the next one is served', async () => {
    const { logs } = start();
    for (const value of Object.keys(oddValues)) {
      const { path, body } = await api.invoke({ mood: 'odd', value });
      expect(path, value).toMatch(/\/error$/);
      expect(body, value).toEqual({
        errorMessage: expect.any(String),
        errorType: expect.stringMatching(/./),
        stackTrace: expect.any(Array),
      });
    }
    expect(logs().every(({ outcome }) => outcome === 'error')).toBe(true);
    expect((await api.invoke({ mood: 'nothing' })).path).toMatch(/\/response$/);
  });

  it.each(['odd-rejection', 'odd-stray'])(
    'that nothing awaits (%s) is reported as well',
    async (mood) => {
      const values = [
        'undefined',
        'a symbol',
        'an error without a prototype',
        'getters that throw',
        'a revoked proxy',
        'a stack that is a number',
      ];
      const ends = values.map(async (value) => {
        const own = await startApi();
        const { ended } = start({}, own);
        const { path, body } = await own.invoke({ mood, value });
        expect(path, value).toMatch(/\/error$/);
        expect(body, value).toMatchObject({ errorMessage: expect.any(String) });
        expect(await ended, value).toEqual(exit);
      });
      await Promise.all(ends);
    },
  );
});
