import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of each header and of what the contents are padded to, in bytes. */
const block = 512;

/**
 * Writes the files and folders of a tar archive (POSIX.1-1988, ustar) below `directory`, which exists. It is for archives
 * that are trusted.
 *
 * @param archive without compression
 * @throws {Error} for an entry that is neither a file nor a folder, and for an archive that is cut off
 * @throws {NodeJS.ErrnoException} if a file cannot be written
 */
export function unpackTar(archive: Buffer, directory: string): void {
  let at = 0;
  // A block of zeros ends it.
  while (archive.length > at && archive[at] !== 0) {
    const field = (offset: number, length: number): string =>
      archive.toString('latin1', at + offset, at + offset + length).split('\0', 1)[0] ?? '';
    const name = join(field(345, 155), field(0, 100));
    const size = Number.parseInt(field(124, 12), 8);
    const type = field(156, 1);
    const contents = at + block;
    if (!(contents + size <= archive.length)) throw new Error(`the archive is cut off in ${name}`);
    const path = join(directory, name);
    if (type === '5') mkdirSync(path, { recursive: true });
    else if (type === '0' || type === '')
      writeFileSync(path, archive.subarray(contents, contents + size));
    else throw new Error(`${name} in the archive is neither a file nor a folder but "${type}"`);
    at = contents + Math.ceil(size / block) * block;
  }
}
