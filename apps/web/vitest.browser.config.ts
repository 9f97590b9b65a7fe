import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** `pnpm web:test`: what only a browser can show. It is no part of `pnpm test`, which needs none. */
const config: ViteUserConfig = defineConfig({
  test: {
    name: 'web',
    dir: join(import.meta.dirname, 'e2e'),
    include: ['**/*.test.ts'],
    globalSetup: join(import.meta.dirname, 'e2e/start-service.ts'),
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // They share one local cloud and two cores.
    fileParallelism: false,
  },
});

export default config;
