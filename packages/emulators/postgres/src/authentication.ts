import { createHash, timingSafeEqual } from 'node:crypto';
import { kinds, message } from './messages.ts';

/**
 * AuthenticationCleartextPassword: the server is reached over loopback, or over a network between containers of this
 * machine, and each start has a password of its own.
 */
export const passwordRequest: Buffer = message(0x52, [0, 0, 0, 3]);

/** The user that a StartupMessage names: pairs of zero-ended texts after length and version. */
export function userOf(startup: Buffer): string {
  const words = startup.toString('utf8', 8).split('\0');
  for (let index = 0; index < words.length; index += 2)
    if (words[index] === 'user') return words[index + 1] ?? '';
  return '';
}

const digest = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Tells whether a PasswordMessage has the password; how long that takes says nothing about it.
 *
 * @throws {RangeError} if it is another message
 */
export function hasPassword(bytes: Buffer, password: string): boolean {
  if (bytes[0] !== kinds.password)
    throw new RangeError(`expected a password, got message type ${bytes[0]}`);
  return timingSafeEqual(digest(bytes.subarray(5)), digest(`${password}\0`));
}
