import { execFileSync } from 'node:child_process';
import { type Engine, findEngine } from '../engine.ts';
import { searchPath } from '../env.ts';
import { NoEngineError } from '../errors.ts';

/** Docker, by its command line. */
export interface Docker {
  readonly engine: Engine;
  /** Runs a command to its end; the result is what it printed. @throws with what it printed on standard error */
  run(...arguments_: readonly string[]): string;
  /** Paths and modes in an image's file system, as `tar -tv` prints them. */
  list(image: string): readonly string[];
}

/**
 * Finds Docker.
 *
 * @throws {NoEngineError} also where there are only engines that build but do not run
 */
export async function findDocker(): Promise<Docker> {
  const engine = await findEngine(searchPath());
  if (engine.name !== 'docker')
    throw new NoEngineError(
      `Image tests run containers, ${engine.command} only builds: \`bash docker/engine.sh start\` starts Docker.`,
    );
  const run = (...arguments_: readonly string[]) =>
    execFileSync(engine.command, arguments_, { encoding: 'utf8', stdio: 'pipe' }).trim();
  return {
    engine,
    run,
    list(image) {
      const container = run('create', image);
      try {
        const archive = execFileSync(engine.command, ['export', container], { maxBuffer: 2 ** 30 });
        const listing = execFileSync('tar', ['-tv'], {
          input: archive,
          encoding: 'utf8',
          maxBuffer: 2 ** 26,
        });
        return listing.split('\n').slice(0, -1);
      } finally {
        run('rm', container);
      }
    },
  };
}
