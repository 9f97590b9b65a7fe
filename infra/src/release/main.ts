import { join } from 'node:path';
import { defaultStage } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import * as known from '../../stages.ts';
import { processVariables } from '../env.ts';
import { failureText } from '../failure-text.ts';
import { withAws } from './aws/at-aws.ts';
import { readCommandLine, usage } from './command-line.ts';
import type { Commander } from './commands/commander.ts';
import { deployCommand } from './commands/deploy.ts';
import { destroyCommand } from './commands/destroy.ts';
import { diffCommand } from './commands/diff.ts';
import { previewCommand } from './commands/preview.ts';
import { CommandError, ReleaseError } from './errors.ts';
import { builderProblem } from './image-builder.ts';
import { bundle, synthesise } from './synthesise.ts';
import { processTerminal } from './terminal.ts';

/** Does what a command line says. */
async function follow(line: readonly string[]): Promise<void> {
  if (line.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const values = readCommandLine(line);
  const { command, stage = defaultStage, data } = values;
  const commander: Commander = {
    bundle,
    synthesise,
    builderProblem,
    now: () => new Date(),
    blueprint,
    known,
    root: join(import.meta.dirname, '../../..'),
    variables: processVariables(),
    // The package manager runs this in its package; paths are those of the folder that it was typed in.
    from: processVariables()['INIT_CWD'] ?? process.cwd(),
    terminal: processTerminal(values.json),
    withAws,
  };
  if (command === 'deploy') return deployCommand(commander, { ...values, stage });
  if (command === 'diff') return diffCommand(commander, { ...values, stage });
  if (command === 'preview') return previewCommand(commander, values);
  if (values.stage === undefined)
    throw new CommandError(`--stage: say which one, of ${Object.keys(known.stages).join(', ')}`);
  if (data !== 'keep' && data !== 'delete')
    throw new CommandError(`--data: expected keep or delete, got ${data}`);
  return destroyCommand(commander, { stage, data, yes: values.yes });
}

// `pnpm run deploy`, `diff`, `destroy` and `preview`, see `usage`.
const line = process.argv.slice(2);
try {
  await follow(line);
} catch (error) {
  // What went wrong is for a person to read; where in this program it did is not.
  const message = failureText(error);
  if (line.includes('--json'))
    process.stdout.write(
      `${JSON.stringify({
        kind: 'failed',
        name: error instanceof Error ? error.name : 'Error',
        message,
        ...(error instanceof ReleaseError && { step: error.step, isBack: error.isBack }),
      })}\n`,
    );
  console.error(`${line[0] ?? 'chorus'}: ${message}`);
  process.exitCode = 1;
}
