import { expect, it } from 'vitest';
import { drawCurve } from './draw-curve.ts';
import type { MeasuredSize } from './sizes.ts';

const size = (memoryMb: number, p50Ms: number, perMillion: number): MeasuredSize => ({
  ...{ memoryMb, p50Ms, p95Ms: p50Ms, meanMs: p50Ms, perMillion },
  ...{ usedMb: null, initMs: null, processorMs: null },
});

it('draws what falls and what rises, and both at one place as one mark', () => {
  expect(drawCurve([size(128, 90, 1), size(512, 50, 5), size(1769, 10, 9)])).toEqual([
    '  |       o               $',
    '  |',
    '  |',
    '  |',
    '  |               *',
    '  |',
    '  |',
    '  |',
    '  |       $               o',
    '  |',
    `  +${'-'.repeat(25)}`,
    '        128     512    1769 MB',
  ]);
});
