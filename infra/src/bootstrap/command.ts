import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { blueprint } from '@chorus/service';
import * as all from '../../stages.ts';
import { processVariables } from '../env.ts';
import { InfraError, OptionError } from '../errors.ts';
import { imagesOf, lookAround } from './account.ts';
import { bootstrap } from './bootstrap.ts';
import { tidy } from './tidy.ts';

// `pnpm bootstrap --stage staging [--yes | --tidy]`, with credentials of an administrator of the stage's account.

/** Runs the CDK's command line in this package's folder. */
async function cdk(parameters: readonly string[], region: string): Promise<void> {
  const output = await mkdtemp(join(tmpdir(), 'chorus-bootstrap-'));
  try {
    const child = spawn('cdk', [...parameters, '--output', output], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...processVariables(), AWS_REGION: region, AWS_DEFAULT_REGION: region },
      stdio: 'inherit',
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    if (code !== 0)
      throw new InfraError(
        `cdk ${parameters[0]} failed; its last lines say why. What was done before it stays, and is not done twice`,
      );
  } finally {
    await rm(output, { recursive: true });
  }
}

async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test(await lines.question(`${question} [y/N] `));
  } finally {
    lines.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      yes: { type: 'boolean', default: false },
      tidy: { type: 'boolean', default: false },
    },
  });
  const { stage, yes } = values;
  if (stage === undefined)
    throw new OptionError(
      `--stage: expected one of ${[...Object.keys(all.stages), 'preview'].join(', ')}`,
    );
  const say = (line: string) => process.stdout.write(`${line}\n`);
  if (values.tidy) {
    const functions = blueprint.functions.map(({ name }) => name);
    return tidy(all, stage, functions, { lookAround, images: imagesOf, cdk, say });
  }
  await bootstrap(all, stage, {
    lookAround,
    cdk,
    say,
    confirm: (question) => (yes ? Promise.resolve(true) : ask(question)),
  });
}

try {
  await main();
} catch (error) {
  // What went wrong is for a person to read; where in this program it did is not.
  console.error(`bootstrap: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
