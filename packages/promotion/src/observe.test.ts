import { packTensor } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observe, type Watch } from './observe.ts';
import { sampleRequests } from './sample-requests.ts';
import { swap } from './swap.ts';
import { speedUp } from './testing/speed-up.ts';
import { startTarget, type TestTarget, toyManifest } from './testing/start-target.ts';

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
  await target.push('v1');
  await target.push('v2', { shift: 3 });
  await swap(target, 'v1');
  await swap(target, 'v2');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await target.remove();
});

const quick = { rate: 200, durationMs: 50, minimumRequests: 5, extensionMs: 100_000 };

function watch(change: Partial<Watch> = {}): Watch {
  const { schema } = toyManifest('v1');
  const requests = sampleRequests(schema, [toyManifest('v1')], target.examples);
  const { signal } = new AbortController();
  const isEnough = async () => false;
  return { old: '1', new: '2', schema, requests, signal, isEnough, ...quick, ...change };
}

describe('a watch', () => {
  it('asks both versions the same', async () => {
    const seen = await observe(target, watch());
    expect(seen.new.requests).toBeGreaterThanOrEqual(5);
    expect(seen.old).toMatchObject({ requests: seen.new.requests, errors: 0 });
    expect(seen.new.errors).toBe(0);
    expect(seen.divergence?.mean).toBeCloseTo(3);
    expect(seen.divergence?.max).toBeCloseTo(3);
    expect(seen.alias).toEqual({ old: 0, new: 0 });
    expect(seen.elapsedMs).toBeGreaterThanOrEqual(50);
    expect(seen.new.p50).toBeGreaterThan(0);
    // No answer took longer than the whole.
    expect(seen.new.p95).toBeLessThanOrEqual(seen.elapsedMs + 1);
  });

  it('is over when its time is, if enough was asked', async () => {
    const seen = await observe(target, watch({ minimumRequests: 0, durationMs: 1 }));
    expect(seen.new.requests).toBeLessThanOrEqual(2);
  });

  it('counts the answers of the alias for the version that gave them', async () => {
    const seen = await observe(target, watch({ alias: true }));
    expect(seen.alias.old).toBe(0);
    expect(seen.alias.new).toBeGreaterThan(0);
    expect(seen.new.requests).toBe(seen.old.requests + seen.alias.new);

    await swap(target, 'v1');
    const back = await observe(target, watch({ alias: true }));
    expect(back.alias.new).toBe(0);
    expect(back.old.requests).toBe(back.new.requests + back.alias.old);
  });

  it('counts what a version answers with an error, by its words', async () => {
    target.behave('v2', { failure: 'no such operator' });
    const seen = await observe(target, watch());
    expect(seen.old.errors).toBe(0);
    expect(seen.new.errors).toBe(seen.new.requests);
    expect(Object.keys(seen.new.errorKinds)).toEqual(['ModelLoadError: no such operator']);
    expect(seen.divergence).toBeUndefined();
    expect(seen.new.p50).toBeNull();
  });

  it.each([
    [{ model_version: 'v2' }, 'the answer has no outputs'],
    [{ outputs: [null, { name: 'cost', data: [1] }] }, 'the answer has no output price'],
    [{ outputs: [{ name: 'price', data: 5 }] }, 'the answer has no output price'],
    [{ outputs: [{ name: 'price', data: ['dear'] }] }, 'the output price is not of finite numbers'],
    [
      { outputs: [{ name: 'price', data: [1, 2] }] },
      'the output price has 1 values of the old version and 2 of the new',
    ],
    [
      { outputs: [{ name: 'price', data: [null] }] },
      'the output price is finite in one of the two versions only',
    ],
  ])('counts the answer %j as a failure of the new version', async (answer, failure) => {
    target.behave('v2', { answer });
    const seen = await observe(target, watch());
    expect(seen.new.errorKinds).toEqual({ [failure]: seen.new.requests });
    expect(seen.old.errors).toBe(0);
  });

  it('counts half an answer as a failure of the new version', async () => {
    target.behave('v2', { isHalved: true });
    const seen = await observe(target, watch());
    expect(seen.new.errorKinds).toEqual({ 'the answer has no outputs': seen.new.requests });
    expect(seen.old.errors).toBe(0);
  });

  it('compares answers that are packed as bytes', async () => {
    const price = { name: 'price', datatype: 'FP64', shape: [1] } as const;
    const packed = (value: number) => ({ outputs: [packTensor({ ...price, data: [value] })] });
    target.behave('v1', { answer: packed(7) });
    target.behave('v2', { answer: packed(9) });
    const { old, new: next, divergence } = await observe(target, watch());
    expect(divergence).toMatchObject({ mean: 2, max: 2, spread: 7 });
    expect([old.errors, next.errors]).toEqual([0, 0]);
  });

  it('counts what Lambda refuses as a failure of the version', async () => {
    const seen = await observe(target, watch({ new: '9' }));
    expect(seen.new.errorKinds).toEqual({ ResourceNotFoundException: seen.new.requests });
    expect(seen.old.errors).toBe(0);
  });

  it('counts nothing that only one was asked, so that a lost answer is no version’s fault', async () => {
    let sent = 0;
    target.meet('InvokeCommand', () => {
      if (++sent % 4 === 0) throw new Error('the line is cut');
    });
    const seen = await observe(target, watch());
    expect(seen.new.requests).toBe(seen.old.requests);
    expect(seen).toMatchObject({ old: { errors: 0 }, new: { errors: 0 } });
  });

  it('gives up when Lambda has been silent for ten seconds', async () => {
    target.meet('InvokeCommand', () => {
      throw new Error('the line is cut');
    });
    // Nothing is answered at all, so it does not matter how fast.
    speedUp(200);
    await expect(observe(target, watch())).rejects.toMatchObject({
      name: 'PromotionError',
      message: 'Lambda has not answered for 10 s',
      cause: new Error('the line is cut'),
    });
  });

  it('ends as soon as enough is known, which is asked each second', async () => {
    const times: number[] = [];
    const seen = await observe(
      target,
      watch({
        durationMs: 1_000_000_000,
        rate: 20,
        async isEnough({ elapsedMs }) {
          times.push(elapsedMs);
          return times.length === 2;
        },
      }),
    );
    expect(times).toHaveLength(2);
    // Counted from the beginning: how late a busy machine looks at the clock does not matter.
    for (const [index, elapsed] of times.entries())
      expect(elapsed).toBeGreaterThanOrEqual(1000 * (index + 1));
    expect(seen.elapsedMs).toBeGreaterThanOrEqual(times[1] ?? Infinity);
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const isEnough = async () => {
      stop.abort(new Error('told to stop'));
      return false;
    };
    const watched = observe(target, watch({ durationMs: 1e9, signal: stop.signal, isEnough }));
    await expect(watched).rejects.toThrow('told to stop');
    const late = observe(target, watch({ signal: stop.signal }));
    await expect(late).rejects.toThrow('told to stop');
  });

  it('sends no more at once than a slow function keeps up with', async () => {
    let running = 0;
    let most = 0;
    target.meet('InvokeCommand', async (send) => {
      most = Math.max(most, ++running);
      await send();
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
    });
    await observe(target, watch({ rate: 1000, minimumRequests: 30 }));
    // Eight pairs.
    expect(most).toBeLessThanOrEqual(16);
    expect(running).toBe(0);
  });
});
