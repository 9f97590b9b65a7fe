import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Far above what any test takes on a busy machine: how long something takes never decides a test.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The default leaves a core alone, which on a machine of two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    expect: { poll: { timeout: 120_000 } },
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
        test: {
          name: 'infra',
          include: ['infra/src/**/*.test.ts'],
          // The first synthesis of a process takes eight times as long as the next: it loads the CDK and its validators. The
          // files share no state but that.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'end-to-end', include: ['apps/*/e2e/**/*.test.ts'] } },
    ],
  },
});
