import { describe, expect, it } from 'vitest';
import { S3Error } from './errors.ts';
import { parseCopyRange, parseRange } from './range.ts';

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=3-', { start: 3, end: 9 }],
    ['bytes=3-100', { start: 3, end: 9 }],
    ['bytes=-4', { start: 6, end: 9 }],
    ['bytes=-100', { start: 0, end: 9 }],
  ])('reads %s of ten bytes', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range);
  });

  it.each([
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-3',
    'bytes=0-1,3-4',
    'lines=1-2',
    'bytes=a-b',
  ])('means the whole object by %s', (header) => {
    expect(parseRange(header, 10)).toBeUndefined();
  });

  it('means all of an empty object by its last bytes', () => {
    expect(parseRange('bytes=-1', 0)).toBeUndefined();
  });

  it.each([
    ['bytes=10-', 10],
    ['bytes=10-12', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-0', 0],
    ['bytes=0-0', 0],
  ])('refuses %s of %i bytes', (header, size) => {
    expect(() => parseRange(header, size)).toThrow(S3Error);
  });
});

describe('parseCopyRange', () => {
  it('takes first and last byte within the source only', () => {
    expect(parseCopyRange(undefined, 10)).toBeUndefined();
    expect(parseCopyRange('bytes=2-9', 10)).toEqual({ start: 2, end: 9 });
    for (const header of ['bytes=2-10', 'bytes=2-', 'bytes=-2', 'bytes=4-2']) {
      expect(() => parseCopyRange(header, 10), header).toThrow(S3Error);
    }
  });
});
