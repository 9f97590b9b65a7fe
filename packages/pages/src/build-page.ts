import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { PageSpec } from '@chorus/blueprint';

export interface BuildOptions {
  /** The repository's root. */
  readonly root: string;
  /** PATH of the process that builds. */
  readonly path: string;
  /** Ends the build. */
  readonly signal: AbortSignal;
}

/**
 * Runs `build.ts` of a page's package, which builds `dist` where that is missing or older than its sources. It is a process of its
 * own that gives way to others, so that models need not wait for it.
 *
 * @returns why there is no page; undefined once there is
 */
export async function buildPage(
  { source }: Pick<PageSpec, 'source'>,
  { root, path, signal }: BuildOptions,
): Promise<string | undefined> {
  const child = spawn(process.execPath, ['build.ts'], {
    cwd: join(root, source),
    env: { PATH: path },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = Promise.withResolvers<string | undefined>();
  child.once('error', ({ message }) => ended.resolve(message));
  child.once('close', (code) => {
    const failed = said.trim() || `build.ts ended with code ${code}`;
    ended.resolve(code === 0 ? undefined : failed);
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return ended.promise;
}
