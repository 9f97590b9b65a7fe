import { expect, it } from 'vitest';
import { hasPassword, userOf } from './authentication.ts';
import { kinds, message } from './messages.ts';

/** A StartupMessage: length and version, pairs of texts, an empty one. */
const startup = (...words: readonly string[]): Buffer =>
  Buffer.concat([Buffer.alloc(8), Buffer.from(`${words.join('\0')}\0\0`)]);

it.each([
  ['me', ['user', 'me']],
  ['me', ['database', 'user', 'user', 'me', 'application_name', 'x']],
  ['', ['database', 'user']],
  ['', ['database', 'd', 'x', 'user']],
  ['', []],
] as const)('the user %j is in %j', (user, words) => {
  expect(userOf(startup(...words))).toBe(user);
});

it('a password is the whole of it, and in no other message', () => {
  const said = (text: string) => hasPassword(message(kinds.password, text), 'secret');
  expect(['secret\0', 'secret', 'secre\0', 'secrets\0', '\0', ''].map(said)).toEqual([
    true,
    ...Array.from({ length: 5 }, () => false),
  ]);
  expect(() => hasPassword(message(kinds.query, 'secret\0'), 'secret')).toThrow(
    'expected a password, got message type 81',
  );
});
