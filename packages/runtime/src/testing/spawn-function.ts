import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node's own folder for what V8 has compiled, and what types are stripped from: half of what a start takes. */
const compileCache = join(tmpdir(), 'node-compile-cache');

/** A function's process, as a test sees it. */
export interface FunctionProcess {
  readonly child: ChildProcess;
  /** Exit code and signal, once it ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Returns its logs so far, a line of JSON each. */
  logs(): Record<string, unknown>[];
  stderr(): string;
  /** Ends it, whatever it does. */
  kill(): Promise<void>;
}

/** Starts a file of `src/testing` the way Lambda starts a function: a process of its own, little environment. */
export function spawnFunction(file: string, environment: Record<string, string>): FunctionProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    env: {
      AWS_LAMBDA_FUNCTION_NAME: 'chorus-test',
      TZ: 'UTC',
      NODE_COMPILE_CACHE: compileCache,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    child,
    ended,
    logs: () =>
      output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    stderr: () => errors,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
