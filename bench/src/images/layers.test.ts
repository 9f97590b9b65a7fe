import { expect, it } from 'vitest';
import { readHistory } from './layers.ts';

it('names layers by what was copied, from the base upwards, as both builders note it', () => {
  const history = [
    '0\tENTRYPOINT ["node" "/var/task/app/main.mjs"]',
    '614000\tCOPY app app # buildkit',
    '1290000\tCOPY /var/task/compile-cache compile-cache # buildkit',
    '46200000\t/bin/sh -c #(nop) COPY dir:1f3a in native ',
    '5000\tRUN python3 -m compileall # buildkit',
    '132000000\t',
  ].join('\n');
  expect(readHistory(history)).toEqual([
    { name: 'base', bytes: 132_000_000 },
    { name: 'run', bytes: 5000 },
    { name: 'native', bytes: 46_200_000 },
    { name: 'compile-cache', bytes: 1_290_000 },
    { name: 'app', bytes: 614_000 },
  ]);
});
