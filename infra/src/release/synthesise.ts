import { join } from 'node:path';
import type { Variables } from '../env.ts';
import { runCdk, runProgram } from './aws/cdk.ts';

/** What is synthesised, and with what. */
export interface Synthesis {
  /** The repository's root, absolute. */
  readonly root: string;
  readonly stage: string;
  /** The folder of what is live. */
  readonly pins: string;
  /** The folder that is written. */
  readonly assembly: string;
  /** When a preview ends, in ISO 8601. */
  readonly expires?: string | undefined;
  /** More for the CDK's command line: `-c imageCache=gha`. */
  readonly parameters: readonly string[];
  readonly variables: Variables;
  readonly signal: AbortSignal;
}

/** Bundles the functions and pages, as `pnpm bundle` does; what has not changed is not bundled again. */
export async function bundle({ root, variables, signal }: Synthesis): Promise<void> {
  const PATH = `${join(root, 'node_modules/.bin')}:${variables['PATH'] ?? ''}`;
  const script = join(root, 'infra/src/bundle-main.ts');
  // Its list of packages would hide what the release says.
  await runProgram(process.execPath, [script, '--output-logs=errors-only'], {
    variables: { ...variables, PATH },
    signal,
    // Turborepo would take another folder for the only package that is meant.
    folder: root,
  });
}

/** Writes the templates of a stage. @throws {InfraError} if they cannot be made */
export async function synthesise(of: Synthesis): Promise<void> {
  const { stage, pins, assembly, expires, parameters, variables, signal } = of;
  const context = [
    `stages=${stage}`,
    `pins=${pins}`,
    ...(expires === undefined ? [] : [`expires=${expires}`]),
  ];
  await runCdk(
    [
      'synth',
      '**',
      '--quiet',
      '--output',
      assembly,
      ...context.flatMap((each) => ['-c', each]),
      ...parameters,
    ],
    variables,
    signal,
  );
}
