import { closeSync, createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { explainFileError, FileError } from '@chorus/emulator-files';

/**
 * One stored file = the bytes, then what is known about them: `body | JSON | JSON length (uint32) | "CHS3"`.
 * Size, MD5 and checksums are known only when the last byte has passed, so they follow it; and because both are one
 * file, one rename publishes both. The body starts at 0, so ranges need no arithmetic.
 */
const magic = Buffer.from('CHS3');
const tailBytes = 4 + magic.length;

/** A file being written; it is not seen before it is renamed to where it belongs. */
export interface Draft {
  readonly path: string;
  append(bytes: Uint8Array): Promise<void>;
  /** Writes the footer, flushes to the disk and closes. */
  seal(footer: unknown): Promise<void>;
  /** Closes and removes the draft, in whatever state it is; a renamed draft is no longer there and is left alone. */
  discard(): Promise<void>;
}

/** Starts a draft at `path`, which must not exist. */
export async function createDraft(path: string): Promise<Draft> {
  let handle: FileHandle | undefined = await open(path, 'wx');
  async function close(): Promise<void> {
    const closing = handle;
    handle = undefined;
    await closing?.close();
  }
  async function write(bytes: Uint8Array, isLast: boolean): Promise<void> {
    if (handle === undefined) throw new Error(`draft ${path} is closed`);
    try {
      await handle.appendFile(bytes);
      if (isLast) await handle.datasync();
    } catch (error) {
      throw explainFileError(error, path);
    }
  }
  return {
    path,
    append: (bytes) => write(bytes, false),
    async seal(footer) {
      const json = Buffer.from(JSON.stringify(footer));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(json.length);
      await write(Buffer.concat([json, length, magic]), true);
      await close();
    },
    async discard() {
      await close();
      await rm(path, { force: true });
    },
  };
}

/**
 * Reads what a stored file says about its bytes.
 *
 * @param isFooter whether that is what it should be
 * @throws {FileError} naming the file, when it cannot be read, was cut, or was not written by `createDraft`
 */
export async function readFooter<T extends { readonly size: number }>(
  path: string,
  isFooter: (value: unknown) => value is T,
): Promise<T> {
  try {
    const { footer, bodyBytes } = await readTail(path);
    if (isFooter(footer) && footer.size === bodyBytes) return footer;
    throw new Error('it does not say what its bytes are');
  } catch (error) {
    throw explainFileError(error, path);
  }
}

async function readTail(path: string): Promise<{ footer: unknown; bodyBytes: number }> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(tailBytes);
    const { bytesRead } = await handle.read(tail, 0, tailBytes, Math.max(0, size - tailBytes));
    const length = tail.readUInt32BE(0);
    const bodyBytes = size - tailBytes - length;
    if (bytesRead < tailBytes || !tail.subarray(4).equals(magic) || bodyBytes < 0) {
      throw new Error('its end is missing');
    }
    const json = Buffer.alloc(length);
    await handle.read(json, 0, length, bodyBytes);
    return { footer: JSON.parse(json.toString()), bodyBytes };
  } finally {
    await handle.close();
  }
}

/** Streams `length` bytes of a body from `start`, and closes the descriptor at the end. */
export function readBody(fd: number, start: number, length: number): Readable {
  if (length === 0) {
    closeSync(fd);
    return Readable.from([]);
  }
  return createReadStream('', { fd, start, end: start + length - 1, highWaterMark: 256 * 1024 });
}

/**
 * Hands on the pieces of a body. A file that another program cuts while it is read ends as if that were all of it.
 *
 * @throws {FileError} when they are fewer bytes than `length`
 */
export async function* whole(body: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length;
  for await (const bytes of body) {
    left -= bytes.length;
    yield bytes;
  }
  if (left > 0)
    throw new FileError(
      'A stored file was cut by another program while it was read: put it there again',
    );
}
