import { readFile, rename, writeFile } from 'node:fs/promises';
import { StartError } from '../errors.ts';

type Environment = Readonly<Record<string, string>>;

/** Environments of functions as they were last set, by physical name, so that a swap survives a restart. */
export interface Environments {
  readonly saved: Readonly<Record<string, Environment>>;
  /** Resolves when the file holds the change; the file is written whole or not at all. */
  save(functionName: string, environment: Environment): Promise<void>;
}

async function read(file: string): Promise<Record<string, Environment>> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new StartError(`${file} is damaged; delete it to start from the blueprint`, {
      cause: error,
    });
  }
}

/** Opens the file of environments; one that is not there yet is empty. */
export async function openEnvironments(file: string): Promise<Environments> {
  const saved = await read(file);
  // One write at a time, or two would share the temporary file.
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    await writeFile(`${file}.part`, `${JSON.stringify(saved, null, 2)}\n`);
    await rename(`${file}.part`, file);
  }

  return {
    saved,
    save(functionName, environment) {
      saved[functionName] = environment;
      const written = writing.then(write);
      // A failed write is its own caller's; the next one starts afresh.
      writing = written.catch(() => {});
      return written;
    },
  };
}
