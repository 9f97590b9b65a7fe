import type { ModelSchema } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { promote } from './promote.ts';
import { readServing } from './serving.ts';
import { swap } from './swap.ts';
import { quickPlan as plan } from './testing/quick-plan.ts';
import { startTarget, type TestTarget } from './testing/start-target.ts';

let target: TestTarget;

const run = (version: string) => promote(target, version, { plan, report: () => {} });

describe('a promotion of a classifier of texts', () => {
  const schema: ModelSchema = {
    name: 'toy',
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1] }],
    outputs: [
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'p', datatype: 'FP32', shape: [-1, 2], labels: ['cat', 'dog'] },
    ],
    maxBatch: 10,
  };
  const text = { name: 'text', datatype: 'BYTES', shape: [1], data: ['it purrs'] } as const;

  /** Pushes a version that answers this probability of a cat. */
  const push = (version: string, cat: number, accuracy: number) =>
    target.push(
      version,
      {
        answer: {
          model_version: version,
          outputs: [
            { name: 'label', datatype: 'BYTES', shape: [1], data: [cat > 0.5 ? 'cat' : 'dog'] },
            { name: 'p', datatype: 'FP32', shape: [1, 2], data: [cat, 1 - cat] },
          ],
        },
      },
      {
        schema,
        example: { inputs: [text] },
        training: { metrics: { accuracy: { value: accuracy, better: 'higher' } } },
      },
    );

  beforeEach(async () => {
    target = await startTarget();
    await push('v1', 0.9, 0.8);
    await swap(target, 'v1');
  });
  afterEach(async () => {
    await target.remove();
  });

  it('is live when it decides alike', async () => {
    await push('v2', 0.85, 0.82);
    const done = await run('v2');
    expect(done).toMatchObject({
      outcome: 'live',
      metrics: { accuracy: { old: 0.8, new: 0.82 } },
      phases: [{ phase: 'shadow', new: { errors: 0 } }, { phase: 'canary' }],
    });
    expect(done.phases[0]?.disagreements).toMatchObject([
      { output: 'label', decisions: done.phases[0]?.new.requests, share: 0, probability: null },
      expect.objectContaining({ output: 'p', share: 0, probability: expect.closeTo(0.05, 6) }),
    ]);
  });

  it('is refused when it decides otherwise, or its manifest says that it is worse', async () => {
    await push('v2', 0.2, 0.8);
    const { outcome, reasons } = await run('v2');
    expect(outcome).toBe('refused');
    expect(reasons[0]).toContain("its label is another one than the old version's in 100 %");
    await push('v3', 0.9, 0.5);
    expect((await run('v3')).reasons).toEqual([
      'its accuracy is 0.5, that of v1 is 0.8: 37.5 % worse; at most 10 % is allowed',
    ]);
    expect((await readServing(target)).live?.version).toBe('v1');
  });
});
