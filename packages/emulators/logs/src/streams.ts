import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError } from '@chorus/emulator-files';

/** A file that one worker of a function after the other wrote to: a log stream. */
export interface StreamFile {
  /** The name of the file: `svr.2.log`. */
  readonly name: string;
  readonly path: string;
  /** When it was made, in epoch milliseconds. */
  readonly created: number;
  readonly bytes: number;
}

/** The streams of one function. */
export interface GroupFiles {
  /** `/aws/lambda/svr` */
  readonly name: string;
  /** In the order of their names. */
  readonly streams: readonly StreamFile[];
}

const fileName = /^(?<function>[\w-]+)(\.\d+)?\.log$/;

async function openFile(directory: string, name: string): Promise<StreamFile> {
  const path = join(directory, name);
  const { birthtimeMs, size } = await stat(path);
  return { name, path, created: Math.floor(birthtimeMs), bytes: size };
}

/**
 * Returns the groups whose logs are in a folder, in the order of their names: `<function>.log`, `<function>.2.log`, ….
 *
 * @throws {LocalCloudError} if the folder cannot be read
 */
export async function listGroups(directory: string): Promise<readonly GroupFiles[]> {
  try {
    const groups = new Map<string, StreamFile[]>();
    for (const name of (await readdir(directory)).sort()) {
      const owner = fileName.exec(name)?.groups?.['function'];
      if (owner === undefined) continue;
      const group = `/aws/lambda/${owner}`;
      groups.set(group, [...(groups.get(group) ?? []), await openFile(directory, name)]);
    }
    return [...groups]
      .map(([name, streams]) => ({ name, streams }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    throw explainFileError(error, directory);
  }
}
