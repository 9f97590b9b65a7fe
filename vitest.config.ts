import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default leaves a core alone, which on a machine of two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What a test waits for may take its time on a busy machine; how long never decides it.
    expect: { poll: { timeout: 15_000 } },
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
            'infra/src/**/*.test.ts',
          ],
        },
      },
      { extends: true, test: { name: 'end-to-end', include: ['apps/*/e2e/**/*.test.ts'] } },
    ],
  },
});
