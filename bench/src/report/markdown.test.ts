import { expect, it } from 'vitest';
import { formatNumber, formatSection, formatTable } from './markdown.ts';

it.each([
  [0, '0.00'],
  [0.01234, '0.0123'],
  [1.2345, '1.23'],
  [12.345, '12.3'],
  [123.45, '123'],
  [12345.6, '12346'],
  [-0.5, '-0.500'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('shows %d as %s', (value, expected) => {
  expect(formatNumber(value)).toBe(expected);
});

it('lines a table up, numbers to the right, what is missing a dash', () => {
  const columns = ['name', 'ms'];
  expect(
    formatTable({
      columns,
      rows: [
        ['floor', 46],
        ['peer', undefined],
      ],
    }),
  ).toBe(
    ['| name  |   ms |', '| ----- | ---: |', '| floor | 46.0 |', '| peer  |    - |'].join('\n'),
  );
});

it('puts a ratio beside its target and says whether it is met', () => {
  const text = formatSection(
    {
      title: 'Cold start',
      method: 'From spawn to answer.',
      table: { columns: ['a'], rows: [[1]] },
      details: { columns: ['b'], rows: [['of a']] },
      targets: [
        { what: 'forest / floor', measured: 2.5, bound: 'at most', limit: 2 },
        { what: 'peer / forest', measured: 6, bound: 'at least', limit: 6 },
        { what: 'peer / svr', measured: undefined, bound: 'at least', limit: 6 },
      ],
      notes: ['nobody else was there'],
    },
    'Today, 2 cores',
  );
  expect(text).toMatch(
    /^## Cold start\n\nFrom spawn to answer\.\n\nToday, 2 cores\.\n\n\| {4}a \|/,
  );
  expect(text).toMatch(/\| 1\.00 \|\n\n\| b {4}\|\n.*\n\| of a \|\n\n\| ratio/);
  expect(text).toMatch(/forest \/ floor +\| +2\.50 \| at most 2 +\| MISSED/);
  expect(text).toMatch(/peer \/ forest +\| +6\.00 \| at least 6 +\| met/);
  expect(text).toMatch(/peer \/ svr +\| +- \| at least 6 +\| not measured/);
  expect(text).toMatch(/\n\n- nobody else was there\n$/);
});
