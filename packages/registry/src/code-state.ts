import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Lineage } from './manifest.ts';

const run = promisify(execFile);

/**
 * Returns the commit of a folder's files, and whether some have been changed since: tracked ones, since others are of no account to what
 * was committed. Undefined where there is no git, or no repository with a commit.
 */
export async function codeState(folder: string): Promise<Lineage['code']> {
  const git = async (...words: readonly string[]) =>
    (await run('git', ['-C', folder, '--no-optional-locks', ...words])).stdout.trim();
  try {
    const commit = await git('rev-parse', 'HEAD');
    return { commit, dirty: (await git('status', '--porcelain', '--untracked-files=no')) !== '' };
  } catch {
    // A copy without its history is as good; its manifests say less.
    return undefined;
  }
}
