import type { Command } from './command.ts';

/** Returns the text of `chorus help`. */
export function renderHelp(commands: readonly Command[]): string {
  return [
    'chorus: many models, one answer. Talks to the local cloud (pnpm start), or to AWS with --aws.',
    '',
    'Usage: chorus <command> [flags]',
    '',
    ...renderCommands(commands),
    '',
    'chorus <command> --help tells more. CHORUS_DEBUG=1 shows the stack of errors.',
  ].join('\n');
}

/** Returns the text of `chorus models --help`. */
export function renderGroupHelp(group: string, commands: readonly Command[]): string {
  return [`Usage: chorus ${group} <command> [flags]`, '', ...renderCommands(commands)].join('\n');
}

/** Returns the text of `chorus <command> --help`. */
export function renderCommandHelp(command: Command): string {
  const flags = Object.entries({
    ...command.flags,
    help: { value: undefined, description: 'print this' },
  }).map(([name, { value, description }]) => ({
    left: value === undefined ? `--${name}` : `--${name} <${value}>`,
    right: description,
  }));
  return [
    `Usage: ${usage(command)} [flags]`,
    '',
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`,
    ...command.details,
    '',
    ...renderPairs(flags),
  ].join('\n');
}

function renderCommands(commands: readonly Command[]): readonly string[] {
  return renderPairs(commands.map((command) => ({ left: usage(command), right: command.summary })));
}

function usage({ name, operands }: Command): string {
  return `chorus ${name} ${operands}`.trimEnd();
}

function renderPairs(pairs: readonly { left: string; right: string }[]): readonly string[] {
  const width = Math.max(...pairs.map(({ left }) => left.length));
  return pairs.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`);
}
