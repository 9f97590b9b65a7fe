import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { whyNoLetter, withDeadLetters } from '../dead-letters.ts';
import { readSettings } from '../env.ts';
import { CliError } from '../errors.ts';
import { type Io, printJson } from '../io.ts';
import { findTarget } from '../target.ts';

const { aws, stage } = cloudFlags;
const flags = { aws, stage } as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [id] = takeArguments(['id'], positionals);
  const target = await findTarget(readSettings(io.env), values);
  const letter = await withDeadLetters(target, async ({ take, table }) => {
    for await (const { letter } of take([id])) return letter;
    throw new CliError(whyNoLetter(id, await table.read(id)));
  });
  printJson(io, letter);
  return 0;
}

/** `chorus dlq show`: one dead letter with its input. */
export const dlqShow: Command = {
  name: 'dlq show',
  operands: '<id>',
  summary: 'print a request that failed for good, with its input and its error, as JSON',
  details: [],
  flags,
  reads: true,
  run,
};
