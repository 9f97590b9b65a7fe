import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprint } from '@chorus/service';
import * as all from '../../stages.ts';
import { processVariables } from '../env.ts';
import { InfraError } from '../errors.ts';
import { failureText } from '../failure-text.ts';
import { confirm, processTerminal } from '../release/terminal.ts';
import { imagesOf, lookAround } from './account.ts';
import { bootstrap } from './bootstrap.ts';
import { readCommandLine, usageFor } from './command-line.ts';
import { tidy } from './tidy.ts';

// `pnpm bootstrap --stage staging [--yes | --tidy]`, with credentials of an administrator of the stage's account.

/** Runs the CDK's command line in this package's folder. */
async function cdk(parameters: readonly string[], region: string): Promise<void> {
  const output = await mkdtemp(join(tmpdir(), 'chorus-bootstrap-'));
  try {
    const home = join(import.meta.dirname, '../..');
    const variables = processVariables();
    const PATH = `${join(home, 'node_modules/.bin')}:${variables['PATH'] ?? ''}`;
    const child = spawn('cdk', [...parameters, '--output', output], {
      cwd: home,
      env: { ...variables, PATH, AWS_REGION: region, AWS_DEFAULT_REGION: region },
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

async function main(): Promise<void> {
  const line = process.argv.slice(2);
  const stages = Object.keys(all.stages);
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  if (line.includes('--help')) {
    say(usageFor(stages));
    return;
  }
  const { stage, yes, tidy: isTidy } = readCommandLine(line, stages);
  const terminal = processTerminal(false);
  if (isTidy) {
    const functions = blueprint.functions.map(({ name }) => name);
    return tidy(all, stage, functions, { lookAround, images: imagesOf, cdk, say });
  }
  await bootstrap(all, stage, {
    lookAround,
    cdk,
    say,
    async confirm(question) {
      if (!yes) await confirm(terminal, `${question} [y/N] `, 'y', 'add --yes');
    },
  });
}

try {
  await main();
} catch (error) {
  // What went wrong is for a person to read; where in this program it did is not.
  console.error(`bootstrap: ${failureText(error)}`);
  process.exitCode = 1;
}
