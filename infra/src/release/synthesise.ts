import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Variables } from '../env.ts';
import { InfraError } from '../errors.ts';
import { runCdk } from './aws/cdk.ts';

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
  const tools = join(root, 'node_modules/.bin');
  const child = spawn(process.execPath, ['infra/src/bundle-main.ts'], {
    cwd: root,
    env: { ...variables, PATH: `${tools}:${variables['PATH'] ?? ''}` },
    stdio: ['ignore', 2, 2],
    signal,
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) throw new InfraError('bundling failed; its last lines say why');
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
