import { expect, it } from 'vitest';
import { type HistoryEntry, liveBefore, parseHistory } from './history.ts';

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

it('is read back as it was written', () => {
  const history = [
    entry({}),
    entry({ kind: 'swap', from: { version: 'v1', functionVersion: '1' }, reasons: ['why'] }),
    entry({ kind: 'rollback', outcome: 'interrupted' }),
    entry({ outcome: 'refused' }),
    entry({ outcome: 'rolled-back' }),
  ];
  expect(parseHistory(JSON.stringify({ history }), 's3://b/k')).toEqual(history);
  expect(parseHistory('{"history":[]}', 's3://b/k')).toEqual([]);
});

it.each([
  ['kind', 'deploy'],
  ['outcome', 'dead'],
  ['from', undefined],
  ['from', { version: 'v1' }],
  ['from', { functionVersion: '1' }],
  ['to', null],
  ['to', []],
  ['started', 5],
  ['ended', null],
  ['reasons', 'why'],
  ['reasons', [5]],
])('with an entry whose %s is %j is no history', (field, value) => {
  const history = [entry({}), { ...entry({}), [field]: value }];
  const text = JSON.stringify({ history });
  expect(() => parseHistory(text, 's3://b/k')).toThrow('s3://b/k is not a history of promotions');
  expect(() => parseHistory(text, 's3://b/k')).toThrow('aws s3 mv s3://b/k s3://b/k.damaged');
});
