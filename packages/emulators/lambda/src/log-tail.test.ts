import { expect, it } from 'vitest';
import { logTail, tailBytes } from './log-tail.ts';

const tail = (text: string): string =>
  Buffer.from(
    logTail({ text: Buffer.from(text), durationMs: 1.5, memoryMb: 128 }, 'r-1', '7'),
    'base64',
  ).toString('latin1');
const start = 'START RequestId: r-1 Version: 7\n';
const end =
  'END RequestId: r-1\nREPORT RequestId: r-1\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\n';

it.each([
  ['', ''],
  ['one\n', 'one\n'],
  ['one', 'one\n'],
  ['one\ntwo', 'one\ntwo\n'],
])('what was written, %j, stands in lines of its own', (text, lines) => {
  expect(tail(text)).toBe(start + lines + end);
});

it('only the last bytes are given back', () => {
  const room = tailBytes - start.length - end.length - 1;
  expect(tail('x'.repeat(room))).toBe(`${start}${'x'.repeat(room)}\n${end}`);
  expect(tail('x'.repeat(room + 1))).toBe(`${start.slice(1)}${'x'.repeat(room + 1)}\n${end}`);
});

it('tells what the worker used, where that can be told', () => {
  const used = { processorMs: 1.234, waitMs: 0.5, memoryMb: 40.2 };
  const log = { text: Buffer.alloc(0), durationMs: 1.5, memoryMb: 128, used };
  expect(Buffer.from(logTail(log, 'r-1', '7'), 'base64').toString()).toContain(
    '\tMemory Size: 128 MB\tMax Memory Used: 41 MB\tProcessor Time: 1.23 ms\tProcessor Wait: 0.50 ms\n',
  );
});
