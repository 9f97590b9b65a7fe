import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHistory } from './history.ts';
import { promote } from './promote.ts';
import { readServing } from './serving.ts';
import { swap } from './swap.ts';
import type { PromotionTarget } from './target.ts';
import { quickPlan } from './testing/quick-plan.ts';
import { startTarget, type TestTarget } from './testing/start-target.ts';

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
  await target.push('v1');
  await target.push('v2', { shift: 1 });
});
afterEach(() => target.remove());

const keyOf = (version: string) => `models/toy/${version}/model.onnx`;
const revisionOf = () => target.service.describe('chorus-toy').settings.revisionId;

describe('a swap', () => {
  it('makes a first version live, and then another, which says what was before', async () => {
    expect(await readServing(target)).toEqual({
      live: undefined,
      canary: undefined,
      lock: undefined,
    });
    expect(await swap(target, 'v1')).toMatchObject({
      model: 'toy',
      from: null,
      to: 'v1',
      functionVersion: '1',
    });
    expect(target.live()).toMatchObject({ functionVersion: '1', description: 'v1 is version 1' });

    const second = await swap(target, 'v2');
    expect(second).toMatchObject({ from: 'v1', to: 'v2', functionVersion: '2' });
    expect(second.durationMs).toBeGreaterThanOrEqual(0);
    expect(second.durationMs).toBeLessThan(180_000);
    expect(target.live()).toMatchObject({
      functionVersion: '2',
      description: 'v2 is version 2, before: v1 was 1',
      weights: {},
    });
    const { environment } = target.service.describe('chorus-toy').settings;
    expect(environment).toMatchObject({ MODEL_BUCKET: 'box', MODEL_KEY: keyOf('v2') });
    expect(await readServing(target)).toEqual({
      live: { version: 'v2', functionVersion: '2' },
      canary: undefined,
      lock: undefined,
    });
    expect(await readHistory(target.registry, 'toy')).toMatchObject([
      { kind: 'swap', from: null, to: { version: 'v1' }, outcome: 'live', reasons: [] },
      { kind: 'swap', from: { version: 'v1' }, to: { version: 'v2', functionVersion: '2' } },
    ]);
  });

  it('to the version that is live keeps what was before, and is no history', async () => {
    await swap(target, 'v1');
    await swap(target, 'v2');
    // Lambda publishes again only what has changed.
    await target.service.configure('chorus-toy', { MemorySize: 256 });
    expect(await swap(target, 'v2')).toMatchObject({ from: 'v2', functionVersion: '3' });
    expect(target.live().description).toBe('v2 is version 3, before: v1 was 1');
    expect(await readHistory(target.registry, 'toy')).toHaveLength(2);
  });

  it('takes the place of the version that it was judged beside, and of no other', async () => {
    await swap(target, 'v1');
    await target.push('v3');
    expect(await swap(target, 'v2', undefined, 'v1')).toMatchObject({ from: 'v1', to: 'v2' });
    await expect(swap(target, 'v3', undefined, 'v1')).rejects.toMatchObject({
      name: 'LiveChangedError',
      message: 'v2 is live, no longer v1: compare v3 with that one first',
    });
    expect(target.live()).toMatchObject({ functionVersion: '2' });
    expect(target.latestKey()).toBe(keyOf('v2'));
    // It is live already: it has been done before.
    expect(await swap(target, 'v2', undefined, 'v1')).toMatchObject({ from: 'v2', to: 'v2' });
  });

  it('takes back the canary that a promotion left, and says so', async () => {
    await swap(target, 'v1');
    await swap(target, 'v2');
    await target.service.find('chorus-toy').updateAlias('live', {
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.25 } },
    });
    expect(await readServing(target)).toMatchObject({
      live: { version: 'v1' },
      canary: { version: 'v2', functionVersion: '2', weight: 0.25 },
    });
    const lines: string[] = [];
    await target.push('v3');
    expect(await swap(target, 'v3', (line) => lines.push(line))).toMatchObject({ from: 'v1' });
    expect(lines).toEqual([
      'Took back v2 (function version 2): a canary of 25 % was left by a promotion that was cut off.',
    ]);
    expect(target.live().weights).toEqual({});
    expect((await readHistory(target.registry, 'toy')).slice(-2)).toMatchObject([
      { kind: 'promote', from: { version: 'v1' }, to: { version: 'v2' }, outcome: 'interrupted' },
      { kind: 'swap', from: { version: 'v1' }, to: { version: 'v3' } },
    ]);
  });
});

describe('the lock of a swap or a promotion', () => {
  const change = {
    swap: (of: PromotionTarget) => swap(of, 'v2'),
    promote: (of: PromotionTarget) =>
      promote(of, 'v2', { plan: { ...quickPlan, shadowMs: 0, canaryMs: 0 }, report: () => {} }),
  };

  it.each([
    ['swap', true],
    ['swap', false],
    ['promote', true],
    ['promote', false],
  ] as const)('of a %s ends with its process: %j', async (how, endsWithProcess) => {
    await swap(target, 'v1');
    const locks: unknown[] = [];
    target.meet('UpdateAliasCommand', async (send) => {
      locks.push((await readServing(target)).lock);
      return send();
    });
    await change[how]({ ...target, endsWithProcess });
    expect(locks).toEqual([expect.objectContaining({ purpose: expect.stringContaining('to v2') })]);
    expect(Object(locks[0]).pid).toBe(endsWithProcess ? process.pid : undefined);
  });
});

describe('a swap that changes nothing', () => {
  beforeEach(async () => {
    await swap(target, 'v1');
  });

  async function expectUnchanged(): Promise<void> {
    expect(target.live()).toMatchObject({ functionVersion: '1', weights: {} });
    expect(target.latestKey()).toBe(keyOf('v1'));
    expect(await readHistory(target.registry, 'toy')).toHaveLength(1);
    expect((await readServing(target)).lock).toBeUndefined();
  }

  it.each([
    [{ broken: 'the weights are damaged' }, 'ModelLoadError: the weights are damaged'],
    [{ failure: 'no such operator' }, 'AnswerFailedError: asked its example'],
    [{ answer: { model_version: 'v2', outputs: [] } }, 'it answered without price'],
    [{ answer: { model_version: 'v1', outputs: [] } }, 'v1 answered'],
  ])('since the version does not get ready: %j', async (behaviour, why) => {
    target.behave('v2', behaviour);
    const swapped = swap(target, 'v2');
    await expect(swapped).rejects.toMatchObject({
      name: 'NotReadyError',
      message: expect.stringMatching(
        /^toy v2 did not get ready: .*\nNothing changed: v1 is still live\.$/s,
      ),
    });
    await expect(swapped).rejects.toThrow(why);
    await expectUnchanged();
  });

  it('since there is no such version, or its push was cut off', async () => {
    const before = revisionOf();
    await expect(swap(target, 'v9')).rejects.toThrow(
      'toy has no version v9 in s3://box; it has v1, v2',
    );
    const Key = keyOf('v8');
    await target.s3.client.send(new PutObjectCommand({ Bucket: 'box', Key, Body: 'weights' }));
    await expect(swap(target, 'v8')).rejects.toThrow('toy v8 has weights but no manifest');
    expect(revisionOf()).toBe(before);
    await expectUnchanged();
  });

  it('since its history cannot be read', async () => {
    const before = revisionOf();
    const Key = 'promotions/toy.json';
    await target.s3.client.send(new PutObjectCommand({ Bucket: 'box', Key, Body: 'null' }));
    await expect(swap(target, 'v2')).rejects.toMatchObject({ name: 'DamagedRecordError' });
    expect(revisionOf()).toBe(before);
    expect(target.live().functionVersion).toBe('1');
  });

  it('since Lambda does not move the alias', async () => {
    target.meet('UpdateAliasCommand', () => {
      throw new Error('the line is cut');
    });
    await expect(swap(target, 'v2')).rejects.toThrow('the line is cut');
    await expectUnchanged();
  });

  it('but what somebody else changes at the same moment', async () => {
    target.meet('UpdateAliasCommand', () =>
      target.service.find('chorus-toy').updateAlias('live', { Description: 'by somebody else' }),
    );
    await expect(swap(target, 'v2')).rejects.toMatchObject({ name: 'ChangedMeanwhileError' });
    expect(target.live()).toMatchObject({ functionVersion: '1', description: 'by somebody else' });
    // Whoever else changes it is responsible for the rest.
    expect(target.latestKey()).toBe(keyOf('v2'));
  });

  it.each(['UpdateFunctionConfigurationCommand', 'PublishVersionCommand'])(
    'when the function is changed before %s',
    async (command) => {
      let times = 0;
      target.meet(command, async () => {
        if (++times === 1) await target.service.configure('chorus-toy', { MemorySize: 256 });
      });
      await expect(swap(target, 'v2')).rejects.toMatchObject({
        name: 'ChangedMeanwhileError',
        message: expect.stringContaining('Somebody else is changing toy at this moment'),
      });
      expect(target.live().functionVersion).toBe('1');
    },
  );

  it('when another version is configured before it is published', async () => {
    let times = 0;
    target.meet('UpdateFunctionConfigurationCommand', async (send) => {
      await send();
      if (++times > 1) return;
      await expect.poll(() => target.service.describe('chorus-toy').update).toBe('Successful');
      const Variables = { MODEL_KEY: keyOf('v7') };
      await target.service.configure('chorus-toy', { Environment: { Variables } });
    });
    await expect(swap(target, 'v2')).rejects.toMatchObject({ name: 'ChangedMeanwhileError' });
    expect(target.latestKey()).toBe(keyOf('v7'));
    expect(target.service.find('chorus-toy').versions()).toHaveLength(1);
  });

  it('says when $LATEST could not be set back', async () => {
    target.behave('v2', { broken: 'no memory' });
    let times = 0;
    target.meet('UpdateFunctionConfigurationCommand', () => {
      if (++times > 1) throw new Error('the line is cut');
    });
    await expect(swap(target, 'v2')).rejects.toThrow(
      'ModelLoadError: no memory ($LATEST could not be set back, which nobody is served by: the line is cut)\nNothing changed: v1 is still live.',
    );
  });
});

it('has happened when the alias moved and only the answer was lost', async () => {
  await swap(target, 'v1');
  target.meet('UpdateAliasCommand', async (send) => {
    await send();
    throw new Error('the line is cut');
  });
  expect(await swap(target, 'v2')).toMatchObject({ from: 'v1', to: 'v2' });
  expect(target.live().functionVersion).toBe('2');
  expect(await readHistory(target.registry, 'toy')).toHaveLength(2);
});

it('a first version that does not get ready leaves none live', async () => {
  target.behave('v1', { broken: 'no memory' });
  await expect(swap(target, 'v1')).rejects.toThrow(
    'Nothing changed: as before, no version is live.',
  );
  expect(target.service.find('chorus-toy').aliases()).toEqual([]);
  expect(target.latestKey()).toBeUndefined();
});

it('a function that is not deployed is named', async () => {
  const other = { ...target, functionName: 'chorus-other' };
  await expect(swap(other, 'v1')).rejects.toMatchObject({
    name: 'NotDeployedError',
    message: 'There is no function chorus-other: deploy it first',
  });
});
