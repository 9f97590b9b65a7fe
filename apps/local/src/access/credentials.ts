import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '@chorus/emulator-aws';
import { StartError } from '../errors.ts';

/** Returns the path of the credentials of a folder's local cloud; the CLI reads them there. */
function credentialsFile(directory: string): string {
  return join(directory, 'credentials.json');
}

/** Keys of the form AWS gives, with a prefix that AWS does not give. */
function newCredentials(): Credentials {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const suffix = [...randomBytes(15)].map((byte) => letters[byte % letters.length]).join('');
  return {
    accessKeyId: `LOCAL${suffix}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
}

/** @throws {StartError} if the text is not what this module writes */
function parse(text: string, file: string): Credentials {
  const damaged = (cause?: unknown) =>
    new StartError(`${file} is damaged. Delete it: the next start makes new credentials.`, {
      cause,
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(cause);
  }
  if (typeof parsed !== 'object' || parsed === null) throw damaged();
  const { accessKeyId, secretAccessKey } = parsed as Record<string, unknown>;
  if (typeof accessKeyId !== 'string' || !/^\w{16,128}$/.test(accessKeyId)) throw damaged();
  if (typeof secretAccessKey !== 'string' || secretAccessKey.length < 32) throw damaged();
  return { accessKeyId, secretAccessKey };
}

/**
 * Returns the credentials of a folder, random and readable by its owner only; makes them the first time.
 *
 * @throws {StartError} if the file is damaged
 */
export async function openCredentials(directory: string): Promise<Credentials> {
  const file = credentialsFile(directory);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const made = newCredentials();
    // Written whole or not at all: half a file would be damaged for good.
    const handle = await open(`${file}.new`, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(made)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.new`, file);
    return made;
  }
  // Someone may have copied the folder with wider permissions.
  await chmod(file, 0o600);
  return parse(text, file);
}
