import type { DeadLetter } from '@chorus/predictions';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { withDeadLetters } from '../dead-letters.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';

const flags = cloudFlags;

/** Longest error in the table, in characters; `dlq show` has all of it. */
const shownError = 60;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  takeArguments([], positionals);
  const target = await findTarget(readSettings(io.env), values);
  const letters = await withDeadLetters(target, async ({ take }) => {
    const all: DeadLetter[] = [];
    for await (const { letter } of take([])) all.push(letter);
    return all;
  });
  letters.sort((one, other) => one.failedAt.localeCompare(other.failedAt));
  // Inputs may be large, and may hold personal data.
  if (values.json === true)
    printJson(
      io,
      letters.map(({ input: _, ...rest }) => rest),
    );
  else if (letters.length === 0) print(io, `No dead letters in ${target.label}.`);
  else
    print(
      io,
      render(letters),
      '',
      `Next: ${program} dlq show ${letters[0]?.id}${target.flags}`,
      `      ${program} dlq replay --all${target.flags}`,
    );
  return 0;
}

function render(letters: readonly DeadLetter[]): string {
  const rows = letters.map(({ id, workflow, statusCode, error, attempts, failedAt }) => [
    id,
    workflow,
    statusCode,
    error.length > shownError ? `${error.slice(0, shownError)}…` : error,
    attempts,
    failedAt,
  ]);
  return renderTable(['id', 'workflow', 'status', 'error', 'attempts', 'failed at'], rows);
}

/** `chorus dlq list`: the requests that failed for good. */
export const dlqList: Command = {
  name: 'dlq list',
  operands: '',
  summary: 'list the asynchronous requests that failed for good',
  details: [],
  flags,
  reads: true,
  run,
};
