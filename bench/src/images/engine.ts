import { spawn } from 'node:child_process';
import { type Engine, findEngine, ImageError } from '@chorus/docker';
import { engineEnvironment, searchPath } from '../env.ts';
import { MeasurementError } from '../errors.ts';

/** Docker, by its command line. */
export interface Docker {
  readonly engine: Engine;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs a command to its end, in this environment. @throws {MeasurementError} with what it said when it fails */
  run(...words: readonly string[]): Promise<string>;
}

/**
 * Runs a program to its end.
 *
 * @returns its standard output
 * @throws {MeasurementError} with its standard error when it fails
 */
export async function runProgram(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const child = spawn(command, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', resolve);
  const failed = `${command} ${words.join(' ')}`;
  const code = await promise.catch((cause) => {
    throw new MeasurementError(`${failed}: ${cause}`, { cause });
  });
  if (code === 0) return stdout.trim();
  throw new MeasurementError(`${failed}: ${stderr.trim().split('\n').slice(-15).join('\n')}`);
}

/** Finds a Docker that can run containers here, or says in a sentence why there is none. */
export async function openDocker(): Promise<Docker | string> {
  try {
    const engine = await findEngine(searchPath());
    if (engine.name !== 'docker')
      return `of Docker, which runs containers, no daemon answers (${engine.command} only builds images).`;
    const environment = engineEnvironment(engine.variables);
    return {
      engine,
      environment,
      run: (...words) => runProgram(engine.command, words, environment),
    };
  } catch (error) {
    if (error instanceof ImageError) return error.message;
    throw error;
  }
}
