import { expect, it } from 'vitest';
import { type HistoryEntry, liveBefore } from './history.ts';

const [one, two, three] = ['1', '2', '3'].map((n) => ({ version: `v${n}`, functionVersion: n }));
const entry = (of: Partial<HistoryEntry>): HistoryEntry => ({
  kind: 'promote',
  from: null,
  to: { version: 'v1', functionVersion: '1' },
  started: '',
  ended: '',
  outcome: 'live',
  reasons: [],
  ...of,
});

it('what was before a version is what it took the place of, not what it was rolled back from', () => {
  if (!one || !two || !three) throw new Error('three versions');
  const history = [
    entry({ to: one }),
    entry({ from: one, to: two }),
    entry({ from: two, to: three, outcome: 'rolled-back' }),
    entry({ from: two, to: three }),
    entry({ kind: 'rollback', from: three, to: two }),
  ];
  expect(liveBefore(history, '3')).toEqual(two);
  expect(liveBefore(history, '2')).toEqual(one);
  expect(liveBefore(history, '1')).toBeUndefined();
  expect(liveBefore([], '1')).toBeUndefined();
});
