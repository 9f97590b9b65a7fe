import { parseArgs } from 'node:util';
import { CommandError } from './errors.ts';

/** How the commands are called. */
export const usage = `npx -y pnpm@12 run deploy  [--stage production] [--model <name>=v7] [--yes] [-- more for cdk synth]
npx -y pnpm@12 run deploy  --stage production --assembly cdk.out --yes
npx -y pnpm@12 run deploy  --stage production --pin <folder>
npx -y pnpm@12 run diff    [--stage production] [--model <name>=v7] [-- more for cdk synth]
npx -y pnpm@12 run destroy --stage staging [--data keep|delete] [--yes]
npx -y pnpm@12 run preview --number 12 | --remove 12 | --expired
each with --json for scripts`;

const options = {
  stage: { type: 'string' },
  assembly: { type: 'string' },
  pin: { type: 'string' },
  model: { type: 'string', multiple: true },
  data: { type: 'string', default: 'keep' },
  number: { type: 'string' },
  remove: { type: 'string' },
  expired: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** The options that each command has, beside `--json`. */
const taken: Readonly<Record<string, readonly (keyof typeof options)[]>> = {
  deploy: ['stage', 'assembly', 'pin', 'model', 'yes'],
  diff: ['stage', 'model'],
  destroy: ['stage', 'data', 'yes'],
  preview: ['number', 'remove', 'expired', 'yes'],
};

/** A command, with the values of all options: those that it does not have have their defaults. */
export interface CommandLine {
  readonly command: string;
  readonly stage: string | undefined;
  readonly assembly: string | undefined;
  readonly pin: string | undefined;
  readonly model: readonly string[];
  readonly data: string;
  readonly number: string | undefined;
  readonly remove: string | undefined;
  readonly expired: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** More for the CDK's command line. */
  readonly parameters: readonly string[];
}

/** Reads a command line. @throws {CommandError} for one that cannot be followed */
export function readCommandLine(line: readonly string[]): CommandLine {
  const [command = '', ...rest] = line;
  const known = Object.hasOwn(taken, command) ? taken[command] : undefined;
  if (known === undefined)
    throw new CommandError(
      `${command === '' ? 'no command' : `${command} is no command`}; there are:\n${usage}`,
    );
  try {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    const { stage, assembly, pin, model = [], number, remove, ...others } = values;
    const given = parseArgs({ args: rest, options, allowPositionals: true, tokens: true }).tokens;
    const foreign = given.find(
      (token) =>
        token.kind === 'option' &&
        token.name !== 'json' &&
        !known.some((each) => each === token.name),
    );
    if (foreign?.kind === 'option')
      throw new CommandError(`${command} has no option --${foreign.name}`);
    return {
      command,
      stage,
      assembly,
      pin,
      model,
      number,
      remove,
      ...others,
      parameters: positionals,
    };
  } catch (error) {
    // Node goes on about positional arguments.
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new CommandError(`${problem}\n${usage}`);
  }
}
