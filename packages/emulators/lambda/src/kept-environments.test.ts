import { afterEach, describe, expect, it } from 'vitest';
import { ask, startLambda, type TestLambda } from './testing/start-lambda.ts';

let running: TestLambda;
afterEach(() => running.remove());

/** Publishes `tiny` and lets the alias `live` name what was published. */
async function publish(): Promise<string> {
  const served = running.service.find('tiny');
  const { version } = await served.publish({});
  const isThere = served.aliases().some(({ name }) => name === 'live');
  if (isThere) await served.updateAlias('live', { FunctionVersion: version });
  else await served.createAlias({ Name: 'live', FunctionVersion: version });
  return version;
}

const askLive = () => ask(running, { do: 'initialisation' }, 'tiny:live');

const idle = (count: number) => expect.poll(() => running.service.processes).toBe(count);

describe('environments that are kept', () => {
  it('are there before there is an event, and take the first one', async () => {
    running = await startLambda({ kept: 2 });
    await publish();
    expect(running.service.processes).toBe(0);
    running.service.keepEnvironments();
    await idle(2);
    const { payload } = await askLive();
    expect(payload).toMatchObject({ initialisation: 'provisioned-concurrency' });
  });

  it('are those of the version that the alias names now', async () => {
    running = await startLambda({ kept: 1 });
    running.service.keepEnvironments();
    await publish();
    const first = (await askLive()).payload.pid;
    await running.service.configure('tiny', { Environment: { Variables: { MOOD: 'new' } } });
    expect(await publish()).toBe('2');
    const { payload, version } = await askLive();
    expect(version).toBe('2');
    expect(payload.initialisation).toBe('provisioned-concurrency');
    expect(payload.pid).not.toBe(first);
    await idle(1);
  });

  it('stay when they are idle, and are replaced when they end', async () => {
    running = await startLambda({ kept: 1, pools: { spareIdleMs: 5, idleMs: 5 } });
    running.service.keepEnvironments();
    await publish();
    const { pid } = (await askLive()).payload;
    expect((await askLive()).payload.pid).toBe(pid);
    expect((await ask(running, { do: 'exit' }, 'tiny:live')).error).toBe('Unhandled');
    const { payload } = await askLive();
    expect(payload.initialisation).toBe('provisioned-concurrency');
    expect(payload.pid).not.toBe(pid);
  });

  it('are no more than the function may have', async () => {
    running = await startLambda({ kept: 9, concurrency: 2 });
    running.service.keepEnvironments();
    await publish();
    await idle(2);
    const { payload } = await askLive();
    expect(payload.initialisation).toBe('provisioned-concurrency');
    expect(running.service.processes).toBe(2);
  });

  it('are not started again and again when they cannot be initialised', async () => {
    running = await startLambda({ kept: 1, mood: 'init-exits' });
    running.service.keepEnvironments();
    await publish();
    await idle(0);
    const { error } = await askLive();
    expect(error).toBe('Unhandled');
  });

  it('are none where none are wanted', async () => {
    running = await startLambda();
    running.service.keepEnvironments();
    await publish();
    expect(running.service.processes).toBe(0);
    expect((await askLive()).payload.initialisation).toBeUndefined();
  });
});
