import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMessageReader, kinds, message, query } from './messages.ts';
import { parsedName, withOwnNames } from './statement-names.ts';

/** Cuts bytes at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length];
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

it('reads the same messages however the stream was cut', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(bodies, fc.array(fc.nat(), { maxLength: 12 }), (given, places) => {
      const messages = given.map((body) => message(kinds.query, body));
      const reader = createMessageReader();
      const read: Buffer[] = [];
      for (const chunk of cut(Buffer.concat(messages), places)) {
        reader.push(chunk);
        for (let next = reader.next(5); next !== undefined; next = reader.next(5)) read.push(next);
      }
      expect(read.map(String)).toEqual(messages.map(String));
    }),
  );
});

/** The head of a message that says it has so many bytes, with a kind or, as a connection's first, without. */
function headOf(length: number, headBytes: 4 | 5): Buffer {
  const head = Buffer.alloc(headBytes, kinds.query);
  head.writeInt32BE(length, headBytes - 4);
  return head;
}

it.each([4, 5] as const)(
  'takes what is as long as may be, after a head of %i bytes',
  (headBytes) => {
    for (const length of [4, 5, 100]) {
      const whole = Buffer.concat([headOf(length, headBytes), Buffer.alloc(length - 4)]);
      const reader = createMessageReader();
      reader.push(whole.subarray(0, -1));
      if (length > 4) expect(reader.next(headBytes, 100)).toBeUndefined();
      reader.push(whole.subarray(-1));
      expect(reader.next(headBytes, 100)).toEqual(whole);
      expect(reader.next(headBytes, 100)).toBeUndefined();
    }
    for (const length of [-1, 0, 3, 101]) {
      const reader = createMessageReader();
      reader.push(headOf(length, headBytes));
      expect(() => reader.next(headBytes, 100)).toThrow(
        new RangeError(`a message of ${length} bytes`),
      );
    }
  },
);

it('renames statements wherever a message names one, and nothing else', () => {
  const renamed = (kind: number, body: string) =>
    withOwnNames(message(kind, body), 'c1_').toString('latin1', 5);
  expect(renamed(kinds.parse, 'x\0SELECT 1\0\0\0')).toBe('c1_x\0SELECT 1\0\0\0');
  expect(renamed(kinds.parse, '\0SELECT 1\0\0\0')).toBe('\0SELECT 1\0\0\0');
  expect(renamed(kinds.bind, 'portal\0x\0rest')).toBe('portal\0c1_x\0rest');
  expect(renamed(kinds.bind, '\0\0rest')).toBe('\0\0rest');
  expect(renamed(kinds.describe, 'Sx\0')).toBe('Sc1_x\0');
  expect(renamed(kinds.describe, 'Px\0')).toBe('Px\0');
  expect(renamed(kinds.close, 'Sx\0')).toBe('Sc1_x\0');
  expect(withOwnNames(query('SELECT 1'), 'c1_')).toEqual(query('SELECT 1'));
  expect(parsedName(message(kinds.parse, 'x\0SELECT 1\0\0\0'))).toBe('x');
  expect(parsedName(message(kinds.parse, '\0SELECT 1\0\0\0'))).toBeUndefined();
});
