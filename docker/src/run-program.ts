import { spawn } from 'node:child_process';
import { environmentWith } from './env.ts';

/** The end of a program. */
export interface Outcome {
  /** Exit code; `undefined` when it could not start, or was killed. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** Beside this process's own environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Text for its standard input. */
  readonly input?: string;
  /** Lets it write to this process's output instead of collecting that. */
  readonly isShown?: boolean;
  /** Kills it after so many milliseconds. */
  readonly timeoutMs?: number;
}

/** Runs a program to its end. Never throws: how it failed is in the outcome. */
export function runProgram(
  command: string,
  arguments_: readonly string[],
  options: ProgramOptions = {},
): Promise<Outcome> {
  const output = options.isShown === true ? 'inherit' : 'pipe';
  const child = spawn(command, arguments_, {
    env: environmentWith(options.variables ?? {}),
    stdio: ['pipe', output, output],
    ...(options.timeoutMs !== undefined && { timeout: options.timeoutMs }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A program that ends without reading its input is no failure of ours.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: undefined, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? undefined, stdout, stderr }));
  });
}
