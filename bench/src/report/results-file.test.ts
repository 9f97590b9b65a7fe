import { expect, it } from 'vitest';
import { mergeResults } from './results-file.ts';

const order = ['Cold start', 'Warm', 'Serving'];
const cold = '## Cold start\n\n| a |\n| - |\n| 1 |\n';

it('begins a file with its preamble', () => {
  expect(mergeResults('', [cold], order)).toMatch(
    /^# Benchmark results\n\n[^#]*\n\n## Cold start\n\n\| a \|\n\| - \|\n\| 1 \|\n$/,
  );
});

it('replaces what was measured again, keeps the rest, and orders all', () => {
  const first = mergeResults('', ['## Serving\n\nbefore\n', cold], order);
  const second = mergeResults(first, ['## Serving\n\nnew\n', '## Warm\n\nnew\n'], order);
  expect(second.match(/^## .*/gm)).toEqual(['## Cold start', '## Warm', '## Serving']);
  expect(second).not.toContain('before');
  expect(second).toContain(cold);
});

it('drops a section that is measured no more, and is stable', () => {
  const first = mergeResults('## Gone\n\nx\n', [cold], order);
  expect(first).not.toContain('Gone');
  expect(mergeResults(first, [], order)).toBe(first);
});
