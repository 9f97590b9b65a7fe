import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { type DeadLetterOffice, whyNoLetter, withDeadLetters } from '../dead-letters.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findTarget } from '../target.ts';

const flags = {
  all: { type: 'boolean', description: 'every dead letter, instead of naming ids' },
  workflow: { type: 'string', value: 'name', description: 'with --all, only those of a workflow' },
  ...cloudFlags,
} as const;

/** The dead letters that were handled, and the reasons why others were not. */
interface Report {
  readonly done: string[];
  readonly refused: { readonly id: string; readonly why: string }[];
}

type What = 'replay' | 'drop';

/** Handles the letters of these ids, or of all; each id once, as one that is replayed may fail again meanwhile. */
async function handleAll(
  office: DeadLetterOffice,
  ids: readonly string[],
  workflow: string | undefined,
  what: What,
): Promise<Report> {
  const report: Report = { done: [], refused: [] };
  const seen = new Set<string>();
  for await (const received of office.take(ids)) {
    const { letter } = received;
    const isOther = workflow !== undefined && letter.workflow !== workflow;
    if (isOther || seen.has(letter.id)) continue;
    seen.add(letter.id);
    const why = await office[what](received);
    if (why === undefined) report.done.push(letter.id);
    else report.refused.push({ id: letter.id, why });
  }
  for (const id of ids.filter((each) => !seen.has(each)))
    report.refused.push({ id, why: whyNoLetter(id, await office.table.read(id)) });
  return report;
}

async function run(what: What, argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals: ids } = parseArguments(flags, argv);
  const isAll = values.all === true;
  if (isAll === ids.length > 0)
    throw new UsageError('Which dead letters? Name their ids, or give --all');
  if (values.workflow !== undefined && !isAll)
    throw new UsageError('--workflow is for --all: an id says which letter it is');
  const target = await findTarget(readSettings(io.env), values);
  const { done, refused } = await withDeadLetters(target, (office) =>
    handleAll(office, ids, values.workflow, what),
  );
  const past = { replay: 'replayed', drop: 'dropped' }[what];
  if (values.json === true) printJson(io, { [past]: done, refused });
  else print(io, `${done.length} ${past} in ${target.label}`);
  for (const { why } of refused) note(io, `chorus: ${why}`);
  return refused.length === 0 ? 0 : 1;
}

/** `chorus dlq replay`: sends requests that failed for good once more. */
export const dlqReplay: Command = {
  name: 'dlq replay',
  operands: '<id>… | --all',
  summary: 'send requests that failed for good once more',
  details: ['A request keeps its id, so that its answer is where the caller looks for it.'],
  flags,
  run: (argv, io) => run('replay', argv, io),
};

/** `chorus dlq drop`: removes requests that failed for good. */
export const dlqDrop: Command = {
  name: 'dlq drop',
  operands: '<id>… | --all',
  summary: 'remove requests that failed for good; what they were told stays',
  details: [],
  flags,
  run: (argv, io) => run('drop', argv, io),
};
