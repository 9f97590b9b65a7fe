import { closeSync, createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';

/**
 * One stored file = the bytes, then what is known about them: `body | JSON | JSON length (uint32) | "CHS3"`.
 * Size, MD5 and checksums are known only when the last byte has passed, so they follow it; and because both are one
 * file, one rename publishes both. The body starts at 0, so ranges need no arithmetic.
 */
const magic = Buffer.from('CHS3');
const tailBytes = 4 + magic.length;

/** A file being written; nobody sees it before it is renamed to where it belongs. */
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
  return {
    path,
    async append(bytes) {
      if (handle === undefined) throw new Error(`draft ${path} is closed`);
      await handle.appendFile(bytes);
    },
    async seal(footer) {
      if (handle === undefined) throw new Error(`draft ${path} is closed`);
      const json = Buffer.from(JSON.stringify(footer));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(json.length);
      await handle.appendFile(Buffer.concat([json, length, magic]));
      await handle.datasync();
      await close();
    },
    async discard() {
      await close();
      await rm(path, { force: true });
    },
  };
}

/**
 * Reads the footer of a stored file.
 * @throws {Error} when the file was not written by `createDraft`, naming it.
 */
export async function readFooter(path: string): Promise<unknown> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(tailBytes);
    const { bytesRead } = await handle.read(tail, 0, tailBytes, Math.max(0, size - tailBytes));
    const length = tail.readUInt32BE(0);
    if (bytesRead < tailBytes || !tail.subarray(4).equals(magic) || length > size - tailBytes) {
      throw new Error(`${path} is not a file of the local S3; move it elsewhere and start again`);
    }
    const json = Buffer.alloc(length);
    await handle.read(json, 0, length, size - tailBytes - length);
    return JSON.parse(json.toString());
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

/** Makes a rename in `directory` survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
