import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `pnpm images:test`: what only a container engine can show. It is no part of `pnpm test`, which needs none. */
export default defineConfig({
  test: {
    name: 'images',
    dir: join(import.meta.dirname, '..'),
    include: ['docker/e2e/**/*.test.ts', 'apps/local/images/**/*.test.ts'],
    // Far above what any test takes on a busy machine: CI runs other things beside.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // They share one engine and two cores.
    fileParallelism: false,
  },
});
