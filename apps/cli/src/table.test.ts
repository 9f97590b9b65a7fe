import { describe, expect, it } from 'vitest';
import { renderTable } from './table.ts';

describe('renderTable', () => {
  it('aligns text left, numbers right, and shows what is absent as a dash', () => {
    const table = renderTable(
      ['model', 'rmse', 'seed'],
      [
        ['random-forest', 3.1251, 0],
        ['svr', 12, undefined],
      ],
    );
    expect(table.split('\n')).toEqual([
      'model            rmse  seed',
      'random-forest   3.125     0',
      'svr            12.000     -',
    ]);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(renderTable(['name', 'live'], [['svr', '']])).toBe('name  live\nsvr');
  });

  it('shows the header alone when there are no rows', () => {
    expect(renderTable(['row', 'ensemble'], [])).toBe('row  ensemble');
  });

  it('shows what rounds to zero without a sign', () => {
    expect(renderTable(['x'], [[-1.2e-7], [-0.001]]).split('\n')).toEqual([
      '     x',
      ' 0.000',
      '-0.001',
    ]);
  });

  it('keeps numbers that are no numbers visible', () => {
    expect(renderTable(['x'], [[Number.NaN], [1]]).split('\n')).toEqual([
      '    x',
      '  NaN',
      '1.000',
    ]);
  });
});
