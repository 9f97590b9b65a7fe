import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Far above what any test takes on a busy machine: how long something takes never decides a test.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One more than there are processors: many tests wait, for a timeout or for the end of a process.
    maxWorkers: availableParallelism() + 1,
    expect: { poll: { timeout: 120_000 } },
    // Loading the modules anew for every file took a quarter of the processor's time. No module keeps state that a test
    // could meet in the next file, and `vitest.setup.ts` takes back what a file has stubbed.
    isolate: false,
    globalSetup: [join(import.meta.dirname, 'vitest.temporary-folder.ts')],
    setupFiles: [join(import.meta.dirname, 'vitest.setup.ts')],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/**/src/**/*.test.ts',
            'apps/*/src/**/*.test.ts',
            'bench/src/**/*.test.ts',
            'docker/src/**/*.test.ts',
            'docs/src/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        // A project of its own, as only some workers are to load the CDK: the first synthesis of a process takes eight times
        // as long as the next.
        test: { name: 'infra', include: ['infra/src/**/*.test.ts'] },
      },
      // Those of the pages are run in a browser: `pnpm web:test` and `pnpm console:test`.
      {
        extends: true,
        test: {
          name: 'end-to-end',
          include: ['apps/*/e2e/**/*.test.ts'],
          exclude: ['apps/web/**', 'apps/console/**'],
        },
      },
    ],
  },
});
