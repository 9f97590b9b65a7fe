import { describe, expect, it } from 'vitest';
import type { Port } from './ports.ts';
import {
  isFree,
  makeRows,
  rowNames,
  type Sizes,
  sizesToTry,
  twiceAsLong,
  withRows,
} from './rows.ts';

const port = (
  dimensions: Port['dimensions'],
  datatype: Port['datatype'] = 'FP32',
  name = 'X',
): Port => ({ name, datatype, dimensions });

const sizes = (change: Partial<Sizes> = {}): Sizes => ({
  rows: 2,
  named: new Map(),
  rest: 3,
  inner: 5,
  ...change,
});
const texts = new Map([['X', ['red', 'green', 'blue']]]);
const none = new Map<string, readonly string[]>();
const only = (of: Port, rank: readonly string[] = [], given = sizes(), more = {}) =>
  makeRows([of], rank, given, { texts: none, ...more })[0];

describe('rows that are made', () => {
  it.each<[Port['dimensions'], readonly number[]]>([
    [
      ['n', 4],
      [2, 4],
    ],
    [
      [7, 4],
      [7, 4],
    ],
    [['n'], [2]],
    [
      ['n', ''],
      [2, 3],
    ],
    [
      ['n', '', ''],
      [2, 5, 3],
    ],
    [
      ['n', 'm', 4],
      [2, 5, 4],
    ],
    [[], []],
  ])('of %j have the shape %j', (dimensions, shape) => {
    expect(only(port(dimensions))?.shape).toEqual(shape);
  });

  it('take the rank to try where the graph says nothing about the shape', () => {
    expect(only(port(undefined), ['', '', ''])?.shape).toEqual([2, 5, 3]);
  });

  it('have the size of a dimension that has a name', () => {
    const named = new Map([['m', 9]]);
    expect(only(port(['n', 'm']), [], sizes({ named }))?.shape).toEqual([2, 9]);
  });

  it('are zeros and then ones, or ones and then twos, or all alike', () => {
    const of = port(['n', 2]);
    expect(only(of)?.data).toEqual([0, 0, 1, 1]);
    expect(only(of, [], sizes(), { first: 1 })?.data).toEqual([1, 1, 2, 2]);
    expect(only(of, [], sizes(), { first: 1, alike: true })?.data).toEqual([1, 1, 1, 1]);
  });

  it.each<[Port['datatype'], readonly unknown[]]>([
    ['BOOL', [false, true, false, true]],
    ['BYTES', ['a', 'b', 'a', 'b']],
    ['INT64', [0, 1, 2, 3]],
  ])('of %s are %j', (datatype, data) => {
    expect(only(port(['n'], datatype), [], sizes({ rows: 4 }))?.data).toEqual(data);
  });

  it('are the texts that the graph knows, in turns', () => {
    const of = port(['n'], 'BYTES');
    expect(only(of, [], sizes({ rows: 4 }), { texts })?.data).toEqual([
      'red',
      'green',
      'blue',
      'red',
    ]);
  });
});

describe('what inputs leave open', () => {
  it.each<[readonly Port['dimensions'][], readonly string[], boolean]>([
    [[['n', 4]], ['n'], false],
    [[['', 4]], [], false],
    [[[1, 4]], [], false],
    [[['n', '']], ['n'], true],
    [[['n', 'm']], ['n'], true],
    [[['n', 'n']], ['n'], false],
    [
      [
        ['n', 4],
        ['m', 'n'],
      ],
      ['n', 'm'],
      false,
    ],
    [[undefined], [], true],
    [[[]], [], false],
  ])('of %j: the rows are %j, and more is open: %j', (dimensions, names, free) => {
    const ports = dimensions.map((each) => port(each));
    expect(rowNames(ports)).toEqual(names);
    expect(isFree(ports)).toBe(free);
  });
});

describe('the sizes to try', () => {
  it('are one where nothing is open but the rows', () => {
    expect(sizesToTry([port(['n', 4])])).toEqual([
      { rank: [], sizes: { rows: 1, named: new Map([['n', 1]]), rest: 1, inner: 1 } },
    ]);
  });

  it('grow with inner dimensions up to a picture’s size, and then without them', () => {
    const tried = sizesToTry([port(['n', '', ''])]).map(
      ({ sizes: { rest, inner } }) => [rest, inner] as const,
    );
    expect(tried[0]).toEqual([1, 1]);
    const alike = tried.filter(([rest, inner]) => rest === inner);
    expect(Math.max(...alike.map(([rest]) => rest))).toBe(1024);
    const long = tried.slice(alike.length);
    expect(long.every(([rest, inner]) => rest > 1 && inner === 1)).toBe(true);
    expect(Math.max(...long.map(([rest]) => rest))).toBe(16_000);
    expect(new Set(tried.map(String)).size).toBe(tried.length);
  });

  it('are tried as a table, a list and three dimensions where nothing is known of the shape', () => {
    const ranks = sizesToTry([port(['n', 4]), port(undefined)]).map(({ rank }) => rank.length);
    expect([...new Set(ranks)]).toEqual([2, 1, 3]);
  });
});

it('more rows are more of every dimension that is rows', () => {
  const named = new Map([
    ['n', 1],
    ['m', 1],
  ]);
  expect(withRows(sizes({ rows: 1, named }), 2)).toEqual(
    sizes({
      rows: 2,
      named: new Map([
        ['n', 2],
        ['m', 2],
      ]),
    }),
  );
});

it('twice as long is twice the last dimension, and the others where they grow with it', () => {
  expect(twiceAsLong(sizes({ rest: 3, inner: 3 }))).toEqual(sizes({ rest: 6, inner: 6 }));
  expect(twiceAsLong(sizes({ rest: 3, inner: 1 }))).toEqual(sizes({ rest: 6, inner: 1 }));
});
