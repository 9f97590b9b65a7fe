import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { arnsOf, historyOf, withStates } from '../executions.ts';
import { type Io, print } from '../io.ts';
import { program } from '../program.ts';
import { findTarget, stageOf, type Target } from '../target.ts';
import { drawTimeline } from '../timeline/draw-timeline.ts';
import { timelineOfHistory } from '../timeline/of-history.ts';
import { parse, readTimeline, type Timeline } from '../timeline/timeline.ts';

const flags = { ...cloudFlags } as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [what, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  if (what === undefined)
    throw new UsageError('Which answer or execution? A file, - for stdin, or an execution');
  const given = what === '-' ? await text(io.stdin) : await fileOf(what);
  const timeline =
    given === undefined
      ? await ofExecution(
          what,
          await findTarget(readSettings(io.env, stageOf(values).stage), values),
        )
      : readTimeline(parse(given));
  if (timeline === undefined)
    throw new CliError(
      `${what === '-' ? 'stdin' : what} has no timeline: ask with ${program} predict <workflow> --trace --json`,
    );
  print(io, values.json === true ? JSON.stringify(timeline) : drawTimeline(timeline));
  return 0;
}

/** Returns what is in a file; undefined if there is none of the name. */
async function fileOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new CliError(`${path} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** Returns the timeline of an execution that keeps a history, by its ARN or name. @throws {CliError} if there is none */
async function ofExecution(name: string, target: Target): Promise<Timeline> {
  const history = await withStates(target, async (states) => {
    for (const arn of await arnsOf(states, name)) {
      const events = await historyOf(states, arn);
      if (events !== undefined) return events;
    }
    return undefined;
  });
  if (history !== undefined) return timelineOfHistory(history);
  throw new CliError(
    `There is no file and no standard execution ${name} in ${target.label}: an express one tells its times in its answer alone, with ?trace=1`,
  );
}

/** `chorus trace`: draws when each step of an execution began and ended. */
export const trace: Command = {
  name: 'trace',
  operands: '<answer.json, execution, or ->',
  summary: 'draw when each step of an execution began and ended',
  details: [
    'An answer that was asked for with ?trace=1 or chorus predict --trace --json, in a file or on stdin;',
    'or a standard execution, by its ARN or name, from its history. A bar shows work dark, the time around it light.',
  ],
  flags,
  reads: true,
  run,
};
