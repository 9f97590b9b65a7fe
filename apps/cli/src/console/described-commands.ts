import type { Command } from '../command.ts';
import { UsageError } from '../errors.ts';

/** A flag, for a form. */
interface DescribedFlag {
  readonly name: string;
  /** The placeholder of its value; none for one that is on or off. */
  readonly value?: string;
  readonly multiple: boolean;
  readonly description: string;
}

/** A command, for a form. */
export interface DescribedCommand {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly flags: readonly DescribedFlag[];
  readonly reads: boolean;
  /** Why the console does not run it. */
  readonly terminalOnly?: string;
}

/** The flags that say which cloud is meant: the console's own were given when it was started. */
const targetFlags: readonly string[] = ['aws', 'stage'];

/** Returns what a page has to know to offer a command. */
export function describeCommand(command: Command): DescribedCommand {
  const { name, operands, summary, details, flags, reads = false, terminalOnly } = command;
  return {
    name,
    operands,
    summary,
    details,
    reads,
    flags: Object.entries(flags)
      .filter(([flag]) => !targetFlags.includes(flag))
      .map(([flag, { value, multiple = false, description }]) => ({
        name: flag,
        multiple,
        description,
        ...(value !== undefined && { value }),
      })),
    ...(terminalOnly !== undefined && { terminalOnly }),
  };
}

/** Returns the flags of the console's cloud that a command has: one that reads about a stage, and asks no cloud, has no `--aws`. */
function cloudFlagsOf({ flags }: Command, cloud: readonly string[]): readonly string[] {
  if (flags['aws'] !== undefined) return cloud;
  return flags['stage'] === undefined ? [] : cloud.filter((word) => word !== '--aws');
}

/**
 * Returns a command line that the console runs: with the flags of the cloud that it was started for.
 *
 * @throws {UsageError} for no command, one of the terminal only, or another cloud
 */
export function wordsFor(
  words: readonly string[],
  commands: readonly Command[],
  cloud: readonly string[],
): { readonly command: Command; readonly words: readonly string[] } {
  const command = commands.find(({ name }) =>
    name.split(' ').every((part, index) => words[index] === part),
  );
  if (command === undefined) throw new UsageError(`There is no command '${words.join(' ')}'`);
  if (command.terminalOnly !== undefined)
    throw new UsageError(
      `chorus ${command.name} is for a terminal: ${command.terminalOnly}. Run it there`,
    );
  const end = words.indexOf('--');
  const given = words.slice(0, end < 0 ? words.length : end);
  const other = given.find((word) =>
    targetFlags.some((flag) => word === `--${flag}` || word.startsWith(`--${flag}=`)),
  );
  if (other !== undefined)
    throw new UsageError(
      `${other}: the console is for one cloud. Start another with: chorus console ${other}`,
    );
  // After a `--` there are only words.
  return {
    command,
    words: [...given, ...cloudFlagsOf(command, cloud), ...words.slice(given.length)],
  };
}
