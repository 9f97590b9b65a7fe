import { splitInline } from './inline.ts';
import { ReplyError } from './replies.ts';

/** A command and its arguments, binary safe. */
export type Command = readonly Buffer[];

/** Longest line before its end has come, as in Redis. */
const maxLineBytes = 64 * 1024;
/** Larger than the whole cache: a value that could not be kept is not read either. */
const maxBulkBytes = 64 * 1024 * 1024;
const maxArguments = 1024 * 1024;
/** The same before the password is given, as in Redis: a stranger shall not fill the memory. */
const maxBulkBytesBefore = 16 * 1024;
const maxArgumentsBefore = 10;

const protocolError = (text: string): ReplyError => new ReplyError(`ERR Protocol error: ${text}`);

/** Returns a length in a line `*3` or `$-1`, if it is one. */
function lengthOf(line: string, maximum: number): number | undefined {
  const length = /^-?\d{1,10}$/.test(line) ? Number(line) : Number.NaN;
  return length <= maximum ? length : undefined;
}

/** Takes commands out of a byte stream, however it was cut. */
export interface CommandParser {
  /** Yields the commands that are complete by now. @throws {ReplyError} after which the stream makes no sense */
  push(chunk: Buffer): Generator<Command, void>;
}

/**
 * Creates a parser of what Redis clients send (RESP, "Sending commands to a server"): arrays of bulk strings, or
 * plain lines.
 *
 * @param isAuthenticated looked at for each command; others may send but small ones
 */
export function createCommandParser(isAuthenticated = (): boolean => true): CommandParser {
  let chunks: Buffer[] = [];
  let available = 0;
  /** Bytes without which there is nothing to read; nothing is copied before they are there. */
  let needed = 1;
  let bytes: Buffer = Buffer.alloc(0);
  let position = 0;
  /** The command being read, and how many arguments it still lacks. */
  let parts: Buffer[] = [];
  let missing = 0;

  /** A line without its end; nothing when the end has not come yet. */
  function line(tooLong: string): string | undefined {
    const end = bytes.indexOf(0x0a, position);
    if (end < 0 ? bytes.length - position > maxLineBytes : end - position > maxLineBytes)
      throw protocolError(tooLong);
    if (end < 0) return undefined;
    const text = bytes.toString('latin1', position, bytes[end - 1] === 0x0d ? end - 1 : end);
    position = end + 1;
    return text;
  }

  /** Begins a command; one that is a line is complete at once. False when more bytes are needed. */
  function begin(): boolean {
    const isArray = bytes[position] === 0x2a;
    const text = line(isArray ? 'too big mbulk count string' : 'too big inline request');
    if (text === undefined) return false;
    parts = isArray ? [] : splitInline(text, protocolError('unbalanced quotes in request'));
    const count = isArray ? lengthOf(text.slice(1), maxArguments) : 0;
    if (count === undefined) throw protocolError('invalid multibulk length');
    if (count > maxArgumentsBefore && !isAuthenticated())
      throw protocolError('unauthenticated multibulk length');
    missing = Math.max(count, 0);
    return true;
  }

  /** Reads an argument. False when more bytes are needed. */
  function argument(): boolean {
    const start = position;
    const text = line('too big bulk count string');
    if (text === undefined) return false;
    if (!text.startsWith('$'))
      throw protocolError(`expected '$', got '${text.slice(0, 1) || ' '}'`);
    const length = lengthOf(text.slice(1), maxBulkBytes);
    if (length === undefined || length < 0) throw protocolError('invalid bulk length');
    if (length > maxBulkBytesBefore && !isAuthenticated())
      throw protocolError('unauthenticated bulk length');
    if (bytes.length < position + length + 2) {
      needed = position + length + 2 - start;
      position = start;
      return false;
    }
    parts.push(bytes.subarray(position, position + length));
    position += length + 2;
    missing -= 1;
    return true;
  }

  return {
    *push(chunk) {
      chunks.push(chunk);
      available += chunk.length;
      if (available < needed) return;
      bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      position = 0;
      needed = 1;
      while (position < bytes.length) {
        if (!(missing > 0 ? argument() : begin())) break;
        if (missing > 0 || parts.length === 0) continue;
        const command = parts;
        parts = [];
        yield command;
      }
      const rest = bytes.subarray(position);
      chunks = [rest];
      available = rest.length;
    },
  };
}
