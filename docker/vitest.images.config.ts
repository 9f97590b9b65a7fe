import { defineConfig } from 'vitest/config';

/** `pnpm images:test`: what only a container engine can show. It is no part of `pnpm test`, which needs none. */
export default defineConfig({
  test: {
    name: 'images',
    dir: import.meta.dirname,
    include: ['e2e/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
