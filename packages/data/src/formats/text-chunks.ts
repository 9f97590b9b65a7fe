import { createReadStream } from 'node:fs';
import { UnreadableFileError } from '../errors.ts';

/** Bytes that are read at once. */
const highWaterMark = 256 * 1024;

/** Returns the text of a file in pieces, without a byte order mark. @throws {UnreadableFileError} if it is not UTF-8 */
export async function* textChunks(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (cause) {
      const message = 'The file is not text in UTF-8: save it as CSV or JSON Lines in UTF-8';
      throw new UnreadableFileError(message, { cause });
    }
  };
  const stream: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark });
  for await (const bytes of stream) yield decode(bytes);
  yield decode();
}
