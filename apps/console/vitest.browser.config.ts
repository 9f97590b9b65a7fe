import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A part of `pnpm web:test`: what only a browser can show. */
const config: ViteUserConfig = defineConfig({
  test: {
    name: 'console',
    dir: join(import.meta.dirname, 'e2e'),
    include: ['**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    // They share two cores.
    fileParallelism: false,
  },
});

export default config;
