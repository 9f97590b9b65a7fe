import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** `pnpm web:test`: what only a browser can show. It is no part of `pnpm test`, which needs none. */
const config: ViteUserConfig = defineConfig({
  test: {
    name: 'web',
    dir: join(import.meta.dirname, 'e2e'),
    include: ['**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // The files share one browser and one local cloud, which take a while to start.
    fileParallelism: false,
    isolate: false,
  },
});

export default config;
