import { afterEach, describe, expect, it } from 'vitest';
import {
  ask,
  askRaw,
  startLambda,
  type TestLambda,
  type TestLambdaOptions,
} from './testing/start-lambda.ts';

let lambda: TestLambda;
async function start(options: TestLambdaOptions = {}): Promise<void> {
  lambda = await startLambda(options);
}
afterEach(() => lambda.remove());

/** A request to the Runtime API, as a worker makes it. */
async function runtime(path: string, init?: RequestInit) {
  const response = await fetch(`${lambda.url}/${path}`, init);
  return { status: response.status, body: await response.text() };
}

const timesFour = <Of>(make: () => Promise<Of>) => Promise.all(Array.from({ length: 4 }, make));

describe('a worker’s path of the Runtime API', () => {
  const next = '2018-06-01/runtime/invocation/next';

  /** `worker/<id>/<secret>` of a worker that is there, and waits. */
  async function pathOfWorker(): Promise<{ id: string; secret: string }> {
    const { address = '' } = (await ask(lambda, { do: 'address' })).payload;
    const [, , id = '', secret = ''] = address.split('/');
    return { id, secret };
  }

  it('is closed to those that know the worker’s id alone', async () => {
    await start();
    const { id, secret } = await pathOfWorker();
    // 256 bits.
    expect(secret).toMatch(/^[\w-]{43}$/);
    const changed = `${secret.slice(0, -2)}${secret.endsWith('AA') ? 'BB' : 'AA'}`;
    const paths = [
      `worker/${id}/${next}`,
      `worker/${id}/${id}/${next}`,
      `worker/${id}//${next}`,
      `worker/${id}/${changed}/${next}`,
      `worker/${id}/${secret.slice(1)}/${next}`,
      `worker/${id}/${secret}x/${next}`,
      `worker/${secret}/${id}/${next}`,
      `worker/${id}/${changed}/2018-06-01/runtime/init/error`,
    ];
    for (const path of paths) {
      const { status, body } = await runtime(
        path,
        path.endsWith('error') ? { method: 'POST' } : {},
      );
      expect([path, status]).toEqual([path, 403]);
      expect(body).not.toContain(id);
      expect(body).not.toContain(secret);
    }
    expect((await ask(lambda, { do: 'echo' })).error).toBeUndefined();
  });

  it('has another secret for each worker', async () => {
    await start({ more: 1 });
    const one = await pathOfWorker();
    const other = (await ask(lambda, { do: 'address' }, 'tiny-2')).payload.address ?? '';
    expect(other).not.toContain(one.secret);
    const stolen = other.replace(/[^/]+$/, one.secret).replace(/^[^/]+\//, '');
    expect((await runtime(`${stolen}/${next}`)).status).toBe(403);
  });

  it('takes no answer to an event that the worker does not have', async () => {
    await start();
    const { id, secret } = await pathOfWorker();
    const own = `worker/${id}/${secret}/2018-06-01/runtime`;
    const post = (path: string) => runtime(`${own}/${path}`, { method: 'POST', body: '{}' });
    expect((await post('invocation/of-another/response')).status).toBe(400);
    expect((await post('invocation/undefined/error')).status).toBe(400);
    expect((await post('init/error')).status).toBe(403);
    expect((await ask(lambda, { do: 'echo' })).payload).toEqual({ do: 'echo' });
  });

  it('gives no second event to a worker that has not answered its first', async () => {
    await start({ concurrency: 1, timeoutSeconds: 1 });
    const { id, secret } = await pathOfWorker();
    const hanging = ask(lambda, { do: 'hang' });
    await expect.poll(() => lambda.service.busy('tiny')).toBe(1);
    expect((await runtime(`worker/${id}/${secret}/${next}`)).status).toBe(403);
    expect((await hanging).payload.errorType).toBe('Sandbox.Timedout');
  });

  it('gives no event to a worker whose connection is gone', async () => {
    await start({ concurrency: 1 });
    const before = (await ask(lambda, { do: 'environment' })).payload.pid;
    // An answer with its log comes when the worker waits for the next event.
    await lambda.service.invoke({
      functionName: 'tiny',
      payload: Buffer.from('{}'),
      withLog: true,
    });
    lambda.dropConnections();
    const answer = await ask(lambda, { do: 'environment' });
    expect(answer.error).toBeUndefined();
    expect(answer.payload.pid).not.toBe(before);
  });
});

describe('a function that cannot initialise', () => {
  it('tells every event that waits its own reason', async () => {
    await start({ mood: 'init-throws' });
    const answers = await timesFour(() => ask(lambda, {}));
    for (const { payload, error } of answers) {
      expect(error).toBe('Unhandled');
      expect(payload).toEqual({ errorType: 'RangeError', errorMessage: 'no such table' });
    }
    // And so does the next one, which waits for a process of its own.
    expect((await ask(lambda, {})).payload.errorType).toBe('RangeError');
  });

  it('that ends without a word says so to every event', async () => {
    await start({ mood: 'init-exits' });
    for (const { payload } of await timesFour(() => ask(lambda, {})))
      expect(payload).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: .* exit status 3$/),
      });
  });

  it('that takes too long says so to every event', async () => {
    await start({ mood: 'init-hangs', pools: { initMs: 300 } });
    for (const { payload } of await timesFour(() => ask(lambda, {})))
      expect(payload).toMatchObject({
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Initialisation timed out after 0.30 seconds'),
      });
  });

  it('that cannot be started says so to every event', async () => {
    await start();
    await lambda.stop();
    const broken = await startLambda({
      functions: [
        {
          name: 'tiny',
          program: () => ({ command: '/nowhere/node', arguments: [], environment: {} }),
          memoryMb: 128,
          timeoutSeconds: 1,
          concurrency: 2,
          environment: {},
        },
      ],
    });
    const answers = await timesFour(() => ask(broken, {}));
    await broken.remove();
    for (const { payload } of answers)
      expect(payload.errorMessage).toContain('could not be started: spawn /nowhere/node ENOENT');
  });
});

describe('events and their processes', () => {
  it('a function’s process that ends is replaced, and its event answered', async () => {
    await start({ concurrency: 1 });
    expect((await ask(lambda, { do: 'exit' })).payload.errorMessage).toMatch(/exit status 7$/);
    expect((await ask(lambda, { do: 'echo' })).error).toBeUndefined();
  });

  it('an idle process that is killed from outside is replaced', async () => {
    await start({ concurrency: 1 });
    const { pid = 0 } = (await ask(lambda, { do: 'environment' })).payload;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => lambda.service.processes).toBe(0);
    const { payload, error } = await ask(lambda, { do: 'environment' });
    expect({ error, same: payload.pid === pid }).toEqual({ error: undefined, same: false });
  });

  it('events that arrive while the only process is being replaced wait for the next', async () => {
    await start({ concurrency: 1 });
    const ends = ask(lambda, { do: 'exit' });
    const others = await timesFour(() => ask(lambda, { do: 'echo' }));
    expect((await ends).error).toBe('Unhandled');
    for (const { error } of others) expect(error).toBeUndefined();
  });

  it('a process that answers and never asks again is replaced after the timeout', async () => {
    await start({ concurrency: 1, timeoutSeconds: 1, pools: { throttleAfterMs: 60_000 } });
    expect((await ask(lambda, { do: 'linger' })).error).toBeUndefined();
    expect((await ask(lambda, { do: 'echo' })).error).toBeUndefined();
  });

  it('events beyond what a function may have at once are throttled', async () => {
    await start({ concurrency: 1, timeoutSeconds: 3, pools: { throttleAfterMs: 1 } });
    const hanging = ask(lambda, { do: 'hang' });
    await expect.poll(() => lambda.service.busy('tiny')).toBe(1);
    await expect(ask(lambda, {})).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      status: 429,
    });
    const invocations = '/2015-03-31/functions/tiny/invocations';
    expect(await askRaw(lambda, 'POST', invocations)).toMatchObject({
      status: 429,
      retryAfter: '1',
    });
    const missing = await askRaw(lambda, 'POST', invocations.replace('tiny', 'none'));
    expect(missing.status).toBe(404);
    expect(missing).not.toHaveProperty('retryAfter');
    expect((await hanging).payload.errorType).toBe('Sandbox.Timedout');
  });

  it('a call that a function makes for its event is told by the event’s trace', async () => {
    await start();
    const { trace = '' } = (await ask(lambda, { do: 'trace' })).payload;
    expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
    // That event is over.
    expect(lambda.service.isNested(trace)).toBe(false);
    expect(lambda.service.isNested(undefined)).toBe(false);
    expect(lambda.service.isNested('Root=')).toBe(false);
  });
});

it('closes although a pool is being retired at that moment', async () => {
  await start();
  const hanging = ask(lambda, { do: 'hang' });
  await expect.poll(() => lambda.service.busy('tiny')).toBe(1);
  // Retires the pool that has the event.
  await lambda.service.configure('tiny', { Timeout: 19 });
  await lambda.close();
  expect((await hanging).payload.errorType).toBe('Runtime.ExitError');
});

describe('the number of processes', () => {
  const soon = { scaleOutAfterMs: 1, throttleAfterMs: 60_000 };
  const busy = (name = 'tiny') => lambda.service.busy(name);

  it('grows to the concurrency of a function and no further', async () => {
    await start({ concurrency: 3, timeoutSeconds: 4, pools: soon });
    const hanging = Array.from({ length: 5 }, () => ask(lambda, { do: 'hang' }));
    await expect.poll(() => busy(), { timeout: 10_000 }).toBe(3);
    expect(lambda.service.processes).toBe(3);
    await lambda.close();
    await Promise.all(hanging);
  });

  it('stays within the limit of all functions, each of which has one', async () => {
    await start({ concurrency: 3, more: 2, mostProcesses: 2, pools: soon });
    const names = ['tiny', 'tiny-2', 'tiny-3'];
    const hanging = names.flatMap((name) => [
      ask(lambda, { do: 'hang' }, name),
      ask(lambda, { do: 'hang' }, name),
    ]);
    const total = () => names.reduce((sum, name) => sum + busy(name), 0);
    await expect.poll(total, { timeout: 10_000 }).toBe(3);
    expect(lambda.service.processes).toBe(3);
    await lambda.close();
    expect((await Promise.all(hanging)).map(({ payload }) => payload.errorType)).toEqual(
      hanging.map(() => 'Runtime.ExitError'),
    );
  });

  it('an idle process of one function makes room for another’s', async () => {
    await start({ concurrency: 2, more: 1, mostProcesses: 3, pools: soon });
    const both = (name: string) => [
      ask(lambda, { do: 'hang' }, name),
      ask(lambda, { do: 'hang' }, name),
    ];
    // Two of tiny-2 that have done their work and are idle.
    await twoProcesses('tiny-2');
    const hanging = both('tiny');
    await expect.poll(() => busy('tiny'), { timeout: 10_000 }).toBe(2);
    expect(lambda.service.processes).toBeLessThanOrEqual(3);
    await lambda.close();
    await Promise.all(hanging);
  });

  it('shrinks to one when there is nothing to do, and the last goes after its own time', async () => {
    await start({ concurrency: 2, pools: { ...soon, spareIdleMs: 20, idleMs: 3_600_000 } });
    await twoProcesses('tiny');
    await expect.poll(() => lambda.service.processes, { timeout: 10_000 }).toBe(1);
    const { pid } = (await ask(lambda, { do: 'environment' })).payload;
    expect((await ask(lambda, { do: 'environment' })).payload.pid).toBe(pid);
    await lambda.remove();
    await start({ pools: { spareIdleMs: 20, idleMs: 40 } });
    await ask(lambda, {});
    await expect.poll(() => lambda.service.processes, { timeout: 10_000 }).toBe(0);
    expect((await ask(lambda, { do: 'echo' })).error).toBeUndefined();
  });

  /** Asks until two processes of a function have answered. */
  async function twoProcesses(name: string): Promise<void> {
    const pids = new Set<number | undefined>();
    await expect
      .poll(
        async () => {
          const asked = Array.from({ length: 8 }, () => ask(lambda, { do: 'environment' }, name));
          for (const { payload } of await Promise.all(asked)) pids.add(payload.pid);
          return pids.size;
        },
        { timeout: 10_000, interval: 1 },
      )
      .toBeGreaterThanOrEqual(2);
  }
});
