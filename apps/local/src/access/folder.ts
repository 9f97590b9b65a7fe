import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '@chorus/emulator-aws';
import { explainFileError, takeLock } from '@chorus/emulator-files';
import { StartError } from '../errors.ts';
import { openCredentials } from './credentials.ts';

/** The folder of one local cloud, held by this process alone. */
export interface Folder {
  /** Absolute. */
  readonly directory: string;
  readonly credentials: Credentials;
  /** Lets the next start have it. */
  release(): void;
}

/** Returns the address and process of the cloud that holds a folder: `at http://127.0.0.1:8787 (process 4711)`. */
async function describeHolder(directory: string): Promise<string> {
  try {
    const { url, pid } = JSON.parse(await readFile(join(directory, 'local.json'), 'utf8'));
    return `${typeof url === 'string' ? `at ${url}` : 'and still starting'} (process ${pid})`;
  } catch {
    return '(it has not said where yet)';
  }
}

/**
 * Opens the folder that a local cloud keeps everything in: makes it readable by its owner only, takes its lock before
 * anything else in it is opened, and reads its credentials or makes them.
 *
 * @throws {StartError} if another local cloud has the folder, naming it, or if its files are damaged
 */
export async function openFolder(directory: string): Promise<Folder> {
  const file = join(directory, 'lock');
  let release: (() => void) | undefined;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
    // The system's own words for what is wrong; SQLite has fewer.
    await (await open(file, 'a', 0o600)).close();
    release = takeLock(file);
  } catch (error) {
    throw explainFileError(error, file);
  }
  if (release === undefined)
    throw new StartError(
      `Chorus is already running ${await describeHolder(directory)} in ${directory}. Stop it first, or keep this one's state elsewhere: CHORUS_DIRECTORY=.chorus-2 PORT=8788 npx -y pnpm@12 start`,
    );
  try {
    await writeFile(join(directory, 'local.json'), `${JSON.stringify({ pid: process.pid })}\n`);
    return { directory, credentials: await openCredentials(directory), release };
  } catch (error) {
    release();
    throw explainFileError(error, directory);
  }
}
