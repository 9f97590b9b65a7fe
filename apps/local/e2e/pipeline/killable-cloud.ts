import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestCloud } from '../test-cloud.ts';

type Address = Pick<TestCloud, 'url' | 'credentials'>;

/** A local cloud in a process of its own. */
export interface KillableCloud {
  /** Where it is now; elsewhere after each restart. */
  address(): Address;
  kill(): Promise<void>;
  /** Starts it again in its folder. */
  start(): Promise<void>;
}

/** Starts a cloud in a folder. @param service the one with a pipeline, or that whose pipelines promote by degrees */
export async function startKillable(
  directory: string,
  service: 'pipeline' | 'promoting' = 'pipeline',
): Promise<KillableCloud> {
  let address: Address;
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = fork(join(import.meta.dirname, 'cloud.ts'), [directory, service]);
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the local cloud ended before it served');
      }),
    ]);
    address = message as Address;
  };
  await start();
  return {
    address: () => address,
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    start,
  };
}
