import { unreadableItems } from './errors.ts';

/**
 * Decodes an object's bytes, without a byte order mark at their beginning.
 *
 * @throws {StatesError} States.ItemReaderFailed if they are not UTF-8
 */
export async function* textChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw unreadableItems('The object of the items is not UTF-8.', cause);
    }
  };
  for await (const chunk of bytes) yield decode(chunk);
  yield decode();
}
