import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHistory } from './history.ts';
import { readLock, withLock } from './lock.ts';
import { rollBack } from './roll-back.ts';
import { swap } from './swap.ts';
import { startTarget, type TestTarget } from './testing/start-target.ts';

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
  await target.push('v1');
  await target.push('v2', { shift: 1 });
  await swap(target, 'v1');
});
afterEach(() => target.remove());

const keyOf = (version: string) => `models/toy/${version}/model.onnx`;
const alias = (change: object) => target.service.find('chorus-toy').updateAlias('live', change);

describe('a rollback', () => {
  it('returns to what was live before, and knows of nothing before that', async () => {
    await swap(target, 'v2');
    expect(await rollBack(target)).toMatchObject({
      model: 'toy',
      from: { version: 'v2', functionVersion: '2' },
      to: { version: 'v1', functionVersion: '1' },
      wasCanary: false,
    });
    expect(target.live()).toMatchObject({ functionVersion: '1', description: 'v1 is version 1' });
    expect(target.latestKey()).toBe(keyOf('v1'));
    expect((await readHistory(target.registry, 'toy')).at(-1)).toMatchObject({
      kind: 'rollback',
      from: { version: 'v2' },
      to: { version: 'v1' },
      outcome: 'live',
    });
    await expect(rollBack(target)).rejects.toThrow(
      'Nothing is known of a version before toy v1 (function version 1). Choose one: chorus models swap toy <version>',
    );
    expect(target.live().functionVersion).toBe('1');
  });

  it('goes two steps back over two of them', async () => {
    await target.push('v3');
    await swap(target, 'v2');
    await swap(target, 'v3');
    await rollBack(target);
    expect(target.live().description).toBe('v2 is version 2, before: v1 was 1');
    expect(await rollBack(target)).toMatchObject({ to: { version: 'v1' } });
  });

  it('knows what was before from the history, where the alias does not say', async () => {
    await target.push('v3');
    await swap(target, 'v3');
    // Published later than v3, so that the numbers alone would say another.
    await swap(target, 'v2');
    await swap(target, 'v1');
    await alias({ FunctionVersion: '2', Description: 'by hand' });
    expect(await rollBack(target)).toMatchObject({
      from: { version: 'v3', functionVersion: '2' },
      to: { version: 'v1', functionVersion: '1' },
    });
  });

  it('takes the newest version of the function before it, where neither says', async () => {
    await target.push('v3');
    await swap(target, 'v2');
    await swap(target, 'v3');
    await target.service.configure('chorus-toy', { MemorySize: 256 });
    await swap(target, 'v3');
    // As after a deploy: another version of the function with the same weights came between.
    await alias({ Description: 'deployed' });
    await target.s3.client.send(
      new PutObjectCommand({
        Bucket: 'box',
        Key: 'promotions/toy.json',
        Body: JSON.stringify({ format: 1, model: 'toy', history: [] }),
      }),
    );
    expect(target.live().functionVersion).toBe('4');
    expect(await rollBack(target)).toMatchObject({ to: { version: 'v2', functionVersion: '2' } });
  });

  it('ends a canary', async () => {
    await swap(target, 'v2');
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
    await alias({ FunctionVersion: '1', RoutingConfig });
    expect(await rollBack(target)).toMatchObject({
      from: { version: 'v2', functionVersion: '2' },
      to: { version: 'v1', functionVersion: '1' },
      wasCanary: true,
    });
    expect(target.live()).toMatchObject({ functionVersion: '1', weights: {} });
    expect(target.latestKey()).toBe(keyOf('v1'));
  });

  it('does not return to what no longer answers', async () => {
    await swap(target, 'v2');
    target.behave('v1', { failure: 'no such operator' });
    await expect(rollBack(target)).rejects.toThrow(
      /^toy v1 \(function version 1\) was before, but does not get ready \(AnswerFailedError: .*\), so v2 is still live\. Choose another/,
    );
    expect(target.live().functionVersion).toBe('2');
    expect(target.latestKey()).toBe(keyOf('v2'));
    expect(await readHistory(target.registry, 'toy')).toHaveLength(2);
  });

  it('has happened also when $LATEST cannot be set back, and says so', async () => {
    await swap(target, 'v2');
    target.meet('UpdateFunctionConfigurationCommand', () => {
      throw new Error('the line is cut');
    });
    const lines: string[] = [];
    expect(await rollBack(target, { report: (line) => lines.push(line) })).toMatchObject({
      to: { version: 'v1' },
    });
    expect(lines).toEqual([
      'Rolled back ($LATEST could not be set back, which nobody is served by: the line is cut)',
    ]);
    expect(target.live().functionVersion).toBe('1');
  });

  it('says nothing when there is nothing to say', async () => {
    await swap(target, 'v2');
    const lines: string[] = [];
    await rollBack(target, { report: (line) => lines.push(line) });
    expect(lines).toEqual([]);
  });

  it('has happened also when its history cannot be written, and says so', async () => {
    await swap(target, 'v2');
    target.meet('UpdateAliasCommand', () =>
      target.s3.client.send(
        new PutObjectCommand({ Bucket: 'box', Key: 'promotions/toy.json', Body: '[]' }),
      ),
    );
    const lines: string[] = [];
    await rollBack(target, { report: (line) => lines.push(line) });
    expect(lines).toEqual([
      expect.stringContaining(
        'The history of toy could not be written: s3://box/promotions/toy.json',
      ),
    ]);
    expect(target.live().functionVersion).toBe('1');
  });

  it('needs an alias', async () => {
    await expect(rollBack({ ...target, alias: 'other' })).rejects.toMatchObject({
      name: 'NotDeployedError',
      message: expect.stringContaining('chorus-toy has no alias other, so nothing is live'),
    });
  });

  it('waits for nobody who holds the lock, but by force takes it over', async () => {
    await swap(target, 'v2');
    const held = withLock(target.registry, 'toy', { purpose: 'a deploy' }, async (lost) => {
      await expect(rollBack(target)).rejects.toMatchObject({ name: 'LockedError' });
      expect(target.live().functionVersion).toBe('2');
      await rollBack(target, { force: true });
      return lost;
    });
    await held;
    expect(target.live().functionVersion).toBe('1');
    expect(await readLock(target.registry, 'toy')).toBeUndefined();
  });
});
