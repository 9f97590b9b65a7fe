import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '@chorus/promotion';
import type { StaticCredentials } from './env.ts';
import { CliError, isCausedBy, NoLocalCloudError } from './errors.ts';

/** The local cloud that runs now. */
export interface LocalCloud {
  readonly url: string;
  readonly credentials: StaticCredentials;
}

/** Reads the text of a file that `pnpm start` writes; undefined when there is none. @throws {CliError} */
async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCausedBy(error, 'ENOENT')) return undefined;
    throw new CliError(`Cannot read ${file}: ${error}`, { cause: error });
  }
}

/** Returns the fields of a JSON object in a file; empty for anything else. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * Returns the credentials of a folder's local cloud, which `pnpm start` makes; undefined when there are none.
 *
 * @throws {CliError} if the file cannot be read or is damaged
 */
export async function readCredentials(directory: string): Promise<StaticCredentials | undefined> {
  const file = join(directory, 'credentials.json');
  const text = await readOptional(file);
  if (text === undefined) return undefined;
  const { accessKeyId, secretAccessKey } = fieldsOf(text);
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string')
    throw new CliError(`${file} is damaged: delete it, and start the local cloud again`);
  return { accessKeyId, secretAccessKey };
}

/**
 * Finds the local cloud that runs in a folder.
 *
 * @throws {NoLocalCloudError} if none runs there
 * @throws {CliError} if it is still starting, or its files are damaged
 */
export async function findLocalCloud(directory: string): Promise<LocalCloud> {
  const nothingRuns =
    'No local cloud is running. Start one with: npx -y pnpm@12 start (or talk to AWS with --aws)';
  const file = join(directory, 'local.json');
  const text = await readOptional(file);
  if (text === undefined) throw new NoLocalCloudError(nothingRuns);
  const { url, pid } = fieldsOf(text);
  if (typeof pid !== 'number' || !Number.isInteger(pid) || (url !== undefined && !isUrl(url)))
    throw new CliError(`${file} is damaged: stop the local cloud and start it again`);
  // A cloud that was killed leaves its address behind.
  if (!isAlive(pid)) throw new NoLocalCloudError(nothingRuns);
  const credentials = await readCredentials(directory);
  if (url === undefined || credentials === undefined)
    throw new CliError(
      `The local cloud (process ${pid}) is still starting. Try again in a moment.`,
    );
  return { url, credentials };
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value);
}
