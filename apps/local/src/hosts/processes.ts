import { join } from 'node:path';
import type { FunctionHost } from './host.ts';

export interface ProcessOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** PATH of the processes. */
  readonly path: string;
  /** Folder for V8's compile cache. */
  readonly compileCache: string;
}

/** Functions as processes: each runs its package's `src/main.ts` with this Node, types stripped as it loads. */
export function processes({ root, path, compileCache }: ProcessOptions): FunctionHost {
  return {
    address: '127.0.0.1',
    program: (source, { environment, temporary }) => ({
      command: process.execPath,
      arguments: [join(root, source, 'src/main.ts')],
      environment: {
        TZ: 'UTC',
        ...environment,
        // What a process loads and where is the host's to say.
        PATH: path,
        TMPDIR: temporary,
        NODE_COMPILE_CACHE: compileCache,
      },
    }),
    foreignProgram: (source, [command, ...given], { environment, temporary }) => ({
      command,
      arguments: given,
      directory: join(root, source),
      environment: { TZ: 'UTC', ...environment, PATH: path, TMPDIR: temporary },
    }),
    async close() {},
  };
}
