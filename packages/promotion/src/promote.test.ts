import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readHistory } from './history.ts';
import { readLock, withLock } from './lock.ts';
import type { PromotionPlan } from './plan.ts';
import { promote } from './promote.ts';
import type { PromotionReport } from './promotion-report.ts';
import { rollBack } from './roll-back.ts';
import { readServing } from './serving.ts';
import { swap } from './swap.ts';
import { quickPlan as plan } from './testing/quick-plan.ts';
import { startTarget, type TestTarget, toyManifest, trainedWith } from './testing/start-target.ts';

let target: TestTarget;
let lines: string[];
beforeEach(async () => {
  lines = [];
  target = await startTarget();
  await target.push('v1', {}, trainedWith(2));
  await target.push('v2', { shift: 0.1 }, trainedWith(1.9));
  await swap(target, 'v1');
});
afterEach(async () => {
  await target.remove();
});

const report = (line: string) => void lines.push(line);
const run = (
  version = 'v2',
  change: Partial<PromotionPlan> = {},
  signal?: AbortSignal,
): Promise<PromotionReport> =>
  promote(target, version, { plan: { ...plan, ...change }, report, ...(signal && { signal }) });

const keyOf = (version: string) => `models/toy/${version}/model.onnx`;
const lastEntry = async () => (await readHistory(target.registry, 'toy')).at(-1);

async function expectAsBefore(): Promise<void> {
  expect(target.live()).toMatchObject({
    functionVersion: '1',
    weights: {},
    description: 'v1 is version 1',
  });
  expect(target.latestKey()).toBe(keyOf('v1'));
  expect(await readLock(target.registry, 'toy')).toBeUndefined();
}

describe('a promotion', () => {
  it('goes through shadow and canary, and a rollback takes it back', async () => {
    const weights: number[] = [];
    target.meet('UpdateAliasCommand', async (send) => {
      await send();
      weights.push(...Object.values(target.live().weights));
    });
    const done = await run();
    expect(done).toMatchObject({
      model: 'toy',
      from: { version: 'v1', functionVersion: '1' },
      to: { version: 'v2', functionVersion: '2' },
      outcome: 'live',
      reasons: [],
      phases: [
        { phase: 'shadow', weight: 0, breaches: [], alias: { old: 0, new: 0 } },
        { phase: 'canary', weight: 0.5, breaches: [] },
      ],
    });
    const [shadow, canary] = done.phases;
    expect(shadow?.new.requests).toBeGreaterThanOrEqual(5);
    expect((canary?.alias.old ?? 0) + (canary?.alias.new ?? 0)).toBeGreaterThan(0);
    expect(done.durationMs).toBeGreaterThanOrEqual(40);
    expect(done.durationMs).toBeLessThan(180_000);
    expect(weights).toEqual([0.5]);
    // On a busy machine a phase takes longer, and says how far it is.
    expect(lines.filter((line) => !line.startsWith('  '))).toEqual([
      'Publishing toy v2 beside v1 (function version 1).',
      'v2 (function version 2) has loaded its weights and answered a request.',
      'Shadow: 300 sampled requests a second to both, for 0.02 s.',
      'Canary: 50 % of all requests, for 0.02 s.',
    ]);
    expect(target.live()).toMatchObject({
      functionVersion: '2',
      weights: {},
      description: 'v2 is version 2, before: v1 was 1',
    });
    expect(await lastEntry()).toMatchObject({ kind: 'promote', outcome: 'live', reasons: [] });
    expect(await rollBack(target)).toMatchObject({ to: { version: 'v1' } });
  });

  it('leaves out the phases that have no time', async () => {
    expect(await run('v2', { shadowMs: 0, canaryMs: 0 })).toMatchObject({
      outcome: 'live',
      phases: [],
    });
  });

  it('without a share has no canary', async () => {
    const { phases } = await run('v2', { canaryWeight: 0 });
    expect(phases.map(({ phase }) => phase)).toEqual(['shadow']);
  });

  it('of the version that is live is done', async () => {
    expect(await run('v1')).toMatchObject({
      outcome: 'already-live',
      reasons: ['v1 is live already'],
      to: { version: 'v1', functionVersion: '1' },
    });
    expect(await readHistory(target.registry, 'toy')).toHaveLength(1);
  });

  it('compares no manifests where that of the live version is gone', async () => {
    const Key = 'models/toy/v1/manifest.json';
    await target.s3.client.send(new DeleteObjectCommand({ Bucket: 'box', Key }));
    expect(await run()).toMatchObject({ outcome: 'live' });
    expect(lines[0]).toBe('v1 is not in the registry, so its schema and metrics are not compared.');
  });

  it('takes back what another one left', async () => {
    await swap(target, 'v2');
    await target.service.find('chorus-toy').updateAlias('live', {
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.125 } },
    });
    await target.push('v3', {}, trainedWith(2));
    expect(await run('v3')).toMatchObject({ outcome: 'live', from: { version: 'v1' } });
    expect(lines[0]).toBe(
      'Took back v2 (function version 2): a canary of 12.5 % was left by a promotion that was cut off.',
    );
  });
});

describe('a promotion that is refused before anything changes', () => {
  const revision = () => target.service.describe('chorus-toy').settings.revisionId;

  async function expectRefused(refused: Promise<unknown>, message: string): Promise<void> {
    const before = revision();
    await expect(refused).rejects.toThrow(message);
    expect(revision()).toBe(before);
    await expectAsBefore();
  }

  it('for a plan that makes no sense', () =>
    expectRefused(run('v2', { canaryWeight: 2 }), 'from 0 % to 100 %, not 200 %'));

  it('for a version that is not there', () => expectRefused(run('v9'), 'it has v1, v2'));

  it('for another schema', async () => {
    const { schema } = toyManifest('v3');
    await target.push(
      'v3',
      {},
      {
        schema: {
          ...schema,
          outputs: schema.outputs.map((output) => ({ ...output, name: 'cost' })),
        },
      },
    );
    await expectRefused(run('v3'), 'toy v3 has other outputs than the live version');
  });

  it('while somebody else holds the lock', () =>
    withLock(target.registry, 'toy', { purpose: 'a deploy' }, async () => {
      await expect(run()).rejects.toMatchObject({ name: 'LockedError' });
      expect(target.live().functionVersion).toBe('1');
    }));

  it('where nothing is live', async () => {
    await target.service.find('chorus-toy').deleteAlias('live');
    await expect(run()).rejects.toMatchObject({ name: 'NotDeployedError' });
  });

  it('where what is live is no version of the model', async () => {
    await target.service.configure('chorus-toy', { Environment: { Variables: {} } });
    const { version } = await target.service.find('chorus-toy').publish({});
    await target.service.find('chorus-toy').updateAlias('live', { FunctionVersion: version });
    await expect(run()).rejects.toThrow(
      'chorus-toy serves no version of toy, so there is nothing to compare with: chorus models swap toy v2',
    );
  });

  it('for a manifest that says it is worse, unless it is forced', async () => {
    await target.push('v3', {}, trainedWith(2.5));
    const before = revision();
    expect(await run('v3')).toMatchObject({
      outcome: 'refused',
      to: { version: 'v3', functionVersion: null },
      reasons: [expect.stringContaining('its RMSE is 2.5')],
      metrics: { rmse: { old: 2, new: 2.5 }, r2: { old: 0.5, new: 0.5 } },
      phases: [],
    });
    expect(revision()).toBe(before);
    expect(await readHistory(target.registry, 'toy')).toHaveLength(1);
    expect(await run('v3', { force: true })).toMatchObject({ outcome: 'live' });
    expect(lines[0]).toMatch(/^Going on by force: its RMSE is 2\.5/);
  });
});

describe('a promotion that is undone', () => {
  it('since the version does not get ready', async () => {
    target.behave('v2', { broken: 'no memory' });
    await expect(run()).rejects.toThrow(
      'toy v2 did not get ready: ModelLoadError: no memory\nNothing changed: v1 is still live.',
    );
    await expectAsBefore();
  });

  it('since its shadow is too far off: no caller has seen it', async () => {
    target.behave('v2', { shift: 1000 });
    let moves = 0;
    target.meet('UpdateAliasCommand', () => void moves++);
    const refused = await run();
    expect(refused).toMatchObject({ outcome: 'refused', to: { functionVersion: '2' } });
    expect(refused.reasons[0]).toContain('its predictions are on average');
    expect(refused.phases.map(({ phase }) => phase)).toEqual(['shadow']);
    expect(moves).toBe(0);
    expect(lines.at(-1)).toBe('v1 (function version 1) serves all requests.');
    expect(await lastEntry()).toMatchObject({ outcome: 'refused', to: { version: 'v2' } });
    await expectAsBefore();
  });

  it('since its canary is too far off', async () => {
    target.behave('v2', { shift: 1000 });
    const undone = await run('v2', { shadowMs: 0 });
    expect(undone).toMatchObject({ outcome: 'rolled-back' });
    expect(undone.phases.map(({ phase }) => phase)).toEqual(['canary']);
    expect(await lastEntry()).toMatchObject({ outcome: 'rolled-back' });
    await expectAsBefore();
  });

  it('since too many requests fail, long before its time is up', async () => {
    target.meet('UpdateAliasCommand', async (send) => {
      await send();
      target.behave('v2', { failure: 'no such operator' });
    });
    const undone = await run('v2', { canaryMs: 1e9 });
    expect(undone).toMatchObject({ outcome: 'rolled-back' });
    expect(undone.reasons[0]).toContain('100 % of its requests failed, 0 %');
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}canary \d+ s: \d+ requests, \d+ failed/),
    );
    await expectAsBefore();
  });

  it('since it was told to stop', async () => {
    const stop = new AbortController();
    target.meet('UpdateAliasCommand', async (send) => {
      await send();
      stop.abort();
    });
    const stopped = await run('v2', { canaryMs: 1e9 }, stop.signal);
    expect(stopped).toMatchObject({ outcome: 'interrupted', reasons: ['told to stop'] });
    expect(await lastEntry()).toMatchObject({ outcome: 'interrupted', reasons: ['told to stop'] });
    await expectAsBefore();
  });

  it('since Lambda fails', async () => {
    let moves = 0;
    target.meet('UpdateAliasCommand', () => {
      if (++moves === 2) throw new Error('the line is cut');
    });
    await expect(run()).rejects.toMatchObject({
      name: 'PromotionError',
      message: 'the line is cut\nNothing changed: v1 is still live.',
      cause: new Error('the line is cut'),
    });
    expect(await lastEntry()).toMatchObject({
      outcome: 'interrupted',
      reasons: ['the line is cut'],
    });
    await expectAsBefore();
  });

  it('but for what somebody else has moved by force', async () => {
    target.meet('UpdateAliasCommand', async (send) => {
      await send();
      if (Object.keys(target.live().weights).length > 0)
        await target.service.find('chorus-toy').updateAlias('live', { Description: 'by hand' });
    });
    await expect(run('v2', { canaryMs: 1e9 })).rejects.toThrow('Somebody else is changing toy');
    expect(target.live()).toMatchObject({ functionVersion: '1', weights: {} });
  });
});

describe('a promotion whose last move is not answered', () => {
  /** From the canary on, as told; the reads of the alias fail as well, so that nobody knows. */
  function cutAfterCanary(isSent: boolean, silentReads: number): void {
    let moves = 0;
    let reads = 0;
    target.meet('UpdateAliasCommand', async (send) => {
      if (++moves === 1) return;
      if (isSent) await send();
      throw new Error('the line is cut');
    });
    target.meet('GetAliasCommand', () => {
      if (moves > 1 && ++reads <= silentReads) throw new Error('still cut');
    });
  }

  it('is live when it has happened', async () => {
    cutAfterCanary(true, 2);
    expect(await run()).toMatchObject({ outcome: 'live', reasons: [] });
    expect(target.live()).toMatchObject({ functionVersion: '2', weights: {} });
    expect(await lastEntry()).toMatchObject({ outcome: 'live' });
  });

  it('says what may be left while Lambda stays away', async () => {
    cutAfterCanary(true, 1000);
    await expect(run()).rejects.toThrow(
      'Lambda cannot be reached (still cut), so v2 (function version 2) may serve all requests of toy. When it is back: chorus models rollback toy, or promote again',
    );
  });
});

it('a lock that is lost ends it, and what it has set is taken back', async () => {
  target.meet('UpdateAliasCommand', async (send) => {
    await send();
    if (Object.keys(target.live().weights).length === 0) return;
    await withLock(target.registry, 'toy', { purpose: 'by force', force: true }, async () => {});
  });
  // The lock is found to be lost at its next renewal.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const lost = run('v2', { canaryMs: 1e9 });
    const failed = expect(lost).rejects.toThrow('Somebody else took the lock of toy over');
    await expect.poll(() => lines.some((line) => line.startsWith('Canary'))).toBe(true);
    vi.advanceTimersByTime(30_000);
    await failed;
  } finally {
    vi.useRealTimers();
  }
  expect(target.live()).toMatchObject({ functionVersion: '1', weights: {} });
  expect((await readServing(target)).canary).toBeUndefined();
});
