import { readFile, rm, writeFile } from 'node:fs/promises';
import { StartError } from './errors.ts';

/** Where a running local cloud is, in `.chorus/local.json`; the CLI reads it. */
interface Address {
  readonly url: string;
  readonly pid: number;
}

/** Whether a local cloud answers there. A process id would not do: after a crash it may be another program's. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.headers.has('x-request-id');
  } catch {
    return false;
  }
}

/**
 * Makes sure that no other local cloud keeps its state in the same folder.
 *
 * @throws {StartError} naming the one that does
 */
export async function assertAlone(file: string): Promise<void> {
  let address: Address;
  try {
    address = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // No file, or half of one from a machine that went down: nobody is there.
    return;
  }
  if (await answers(address.url))
    throw new StartError(
      `Chorus is already running at ${address.url} (process ${address.pid}). Stop it first, or keep this one's state elsewhere: CHORUS_DIRECTORY=.chorus-2 PORT=8788 npx -y pnpm@12 start`,
    );
}

export function writeAddress(file: string, url: string): Promise<void> {
  return writeFile(file, `${JSON.stringify({ url, pid: process.pid })}\n`);
}

export function removeAddress(file: string): Promise<void> {
  return rm(file, { force: true });
}
