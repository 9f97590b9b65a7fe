import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Node keeps there what it has compiled, for the next run too. */
const compiled = 'node-compile-cache';

/** ONNX Runtime leaves an empty log for each process. */
const logOfRuntime = /^mat-debug-\d+\.log$/;

/**
 * Gives a run of tests, and the processes that tests start, a temporary folder of their own. It is removed in the end,
 * whatever happened; a test that has left something there fails the run.
 *
 * @throws {Error} naming what is left
 */
export default function setup({ vitest }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-tests-'));
  mkdirSync(join(tmpdir(), compiled), { recursive: true });
  symlinkSync(join(tmpdir(), compiled), join(folder, compiled));
  const env = {
    TMPDIR: folder,
    // For the processes that tests start: of two seconds that a local cloud computes until it serves, one is compiling.
    NODE_COMPILE_CACHE: join(folder, compiled),
    // Tests that open a graph themselves send nothing either.
    ORT_DISABLE_TELEMETRY: '1',
  };
  for (const { config } of vitest.projects) config.env = { ...config.env, ...env };
  return () => {
    const left = readdirSync(folder).filter(
      (name) => name !== compiled && !logOfRuntime.test(name),
    );
    rmSync(folder, { recursive: true, maxRetries: 5 });
    if (left.length > 0)
      throw new Error(
        `tests left these in the temporary folder; remove them where they are made: ${left.join(', ')}`,
      );
  };
}
