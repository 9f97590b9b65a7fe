import { kinds, message } from './messages.ts';

const end = (bytes: Buffer, from: number): number => bytes.indexOf(0, from);

/** Returns the message with the zero-ended name at `start` prefixed; the nameless statement stays nameless. */
function rename(bytes: Buffer, start: number, prefix: string): Buffer {
  if (bytes[start] === 0) return bytes;
  return message(bytes[0] ?? 0, bytes.subarray(5, start), prefix, bytes.subarray(start));
}

/**
 * Gives a prepared statement's name a prefix of its client's: there is one database session for all of them, and two
 * clients may mean different statements by one name. Parse, Bind, and Describe and Close of a statement name one.
 *
 * @param bytes a whole message
 */
export function withOwnNames(bytes: Buffer, prefix: string): Buffer {
  switch (bytes[0]) {
    case kinds.parse:
      return rename(bytes, 5, prefix);
    case kinds.bind:
      // The portal's name comes first; portals end with their transaction, so they meet no others.
      return rename(bytes, end(bytes, 5) + 1, prefix);
    case kinds.describe:
    case kinds.close:
      return bytes[5] === 0x53 ? rename(bytes, 6, prefix) : bytes;
    default:
      return bytes;
  }
}

/** The name a Parse message gives, if any. */
export function parsedName(bytes: Buffer): string | undefined {
  if (bytes[0] !== kinds.parse || bytes[5] === 0) return undefined;
  return bytes.toString('utf8', 5, end(bytes, 5));
}
