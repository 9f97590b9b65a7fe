import { expect, it } from 'vitest';
import { encodeAnswer } from './runtime-api.ts';

it('an answer is JSON; nothing is null', () => {
  const text = (answer: unknown) => Buffer.from(encodeAnswer(answer)).toString();
  expect([undefined, null, 0, '', { a: 'ü', n: 2n ** 60n }].map(text)).toEqual([
    'null',
    'null',
    '0',
    '""',
    '{"a":"ü","n":1152921504606846976}',
  ]);
  expect(() => encodeAnswer(() => {})).toThrow(TypeError);
});

it('an answer may have as many bytes as Lambda carries, and no more', () => {
  const most = 6_291_556;
  expect(encodeAnswer('x'.repeat(most - 2))).toHaveLength(most);
  expect(() => encodeAnswer(`${'x'.repeat(most - 3)}ü`)).toThrow(
    `the response has ${most + 1} bytes; Lambda carries at most ${most}`,
  );
});
