import { enableCompileCache } from 'node:module';
import { afterAll, vi } from 'vitest';

// Node's own loader reads the packages of node_modules: what it has compiled of them once, it need not compile again.
enableCompileCache();

// Test files share their process (`isolate: false`), but nothing that one of them has stubbed.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
