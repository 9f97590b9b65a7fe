import { describe, expect, it } from 'vitest';
import { ColumnsError } from '../errors.ts';
import { findColumns } from './find-columns.ts';

/** Returns the error of a search that fails. */
function errorOf(header: readonly string[], names: readonly string[]): ColumnsError {
  try {
    findColumns(header, names);
  } catch (error) {
    if (error instanceof ColumnsError) return error;
    throw error;
  }
  throw new Error('The columns were found');
}

describe('a file whose columns all have other names', () => {
  const header = Array.from({ length: 40 }, (_, index) => `mean size ${index}`);
  const names = header.map((name) => name.replaceAll(' ', '_'));
  const error = errorOf(header, names);

  it('is refused in a message that a person can read: what it has stands there once, and five of what it lacks', () => {
    expect(error.message.match(/the file has/g)).toHaveLength(1);
    expect(error.message).toMatch(
      /^No column 'mean_size_0'; the file has mean size 0, .*…; No column 'mean_size_1'/,
    );
    expect(error.message).toMatch(/No column 'mean_size_4'; and 35 more$/);
  });

  it('has each of them in a report', () => {
    expect(error.columns.map(({ column }) => column)).toEqual(names);
  });
});
