import { parseArgs } from 'node:util';
import { OptionError } from '../errors.ts';
import { previews } from './stage-names.ts';

/** A bootstrap, as it is asked for. */
interface CommandLine {
  readonly stage: string;
  /** Whether nothing is asked. */
  readonly yes: boolean;
  /** Whether images that no stack has had for a month are removed, and nothing else is done. */
  readonly tidy: boolean;
}

/** Returns how `bootstrap` is called. @param stages names of the stages that there are */
export function usageFor(stages: readonly string[]): string {
  return `npx -y pnpm@12 run bootstrap --stage <stage> [--yes]   prepares the account for a stage: roles, limits, notices, a place for images
npx -y pnpm@12 run bootstrap --stage <stage> --tidy    removes images that no stack has had for a month
<stage>: ${[...stages, previews].join(', ')} (infra/stages.ts)
With credentials of an administrator of the stage's account. To do it again changes nothing that is as it should be.`;
}

/** Reads a command line. @throws {OptionError} for one that cannot be followed */
export function readCommandLine(line: readonly string[], stages: readonly string[]): CommandLine {
  const refused = (problem: string, cause?: unknown) =>
    new OptionError(`${problem}\n${usageFor(stages)}`, { cause });
  try {
    const { values, positionals } = parseArgs({
      args: [...line],
      options: {
        stage: { type: 'string' },
        yes: { type: 'boolean', default: false },
        tidy: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const { stage } = values;
    if (positionals.length > 0)
      throw refused(`${positionals[0]} means nothing here: the stage is named by --stage`);
    if (stage === undefined) throw refused('--stage: say which one');
    return { ...values, stage };
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw refused(
      // Node goes on about positional arguments.
      error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error),
      error,
    );
  }
}
