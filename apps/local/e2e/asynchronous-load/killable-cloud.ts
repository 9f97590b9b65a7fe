import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How requests are answered: by their workflow as a whole, or by a queue for each of its models. */
export type Way = 'whole' | 'fan-out';

/** A local cloud in a process of its own. */
export interface KillableCloud {
  /** Its address now; another after each restart. */
  readonly url: () => string;
  /** Kills it by SIGKILL, and starts it again in its folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a cloud whose functions fail and are killed by chance.
 *
 * @param mended the file with which they stop failing
 * @param way whether the workflow is run as a whole, or its models are asked by messages
 */
export async function startKillable(
  directory: string,
  seed: string,
  mended: string,
  way: Way,
): Promise<KillableCloud> {
  let url = '';
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = fork(join(import.meta.dirname, 'cloud.ts'), [directory, seed, mended, way]);
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the local cloud ended before it served');
      }),
    ]);
    url = String(message);
  };
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: () => url,
    async restart() {
      await stop();
      await start();
    },
    stop,
  };
}
