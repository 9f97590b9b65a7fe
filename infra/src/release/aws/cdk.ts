import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Variables } from '../../env.ts';
import { InfraError } from '../../errors.ts';

/** Where `cdk.json` is. */
const home = join(import.meta.dirname, '../../..');

/** How a program is run. */
export interface ProgramOptions {
  readonly variables: Variables;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** @default this package's */
  readonly folder?: string;
}

/**
 * Runs a program; its output is shown on stderr, so that stdout stays for answers. It has a process
 * group of its own: Ctrl-C is for the release, which ends it when it is time.
 *
 * @throws {InfraError} if it fails
 * @throws the signal's reason when that is raised
 */
export async function runProgram(
  command: string,
  parameters: readonly string[],
  { variables, signal, folder = home }: ProgramOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(command, [...parameters], {
    cwd: folder,
    env: { ...variables },
    stdio: ['ignore', 2, 2],
    detached: true,
  });
  const stop = () => {
    // The group, as the command line starts programs of its own; it is gone when it ended just now.
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    signal?.throwIfAborted();
    if (code !== 0)
      throw new InfraError(`${command} ${parameters.join(' ')} failed; its last lines say why`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Runs the CDK's command line. CloudFormation goes on by itself when it is interrupted. @throws as `runProgram` does */
export function runCdk(
  parameters: readonly string[],
  variables: Variables,
  signal?: AbortSignal,
): Promise<void> {
  const PATH = `${join(home, 'node_modules/.bin')}:${variables['PATH'] ?? ''}`;
  return runProgram('cdk', parameters, { variables: { ...variables, PATH }, signal });
}
