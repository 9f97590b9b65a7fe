import { randomBytes } from 'node:crypto';
import type { WorkflowSpec } from '@chorus/blueprint';
import { parseArguments } from '../arguments.ts';
import type { BatchCloud } from '../batch/batch-cloud.ts';
import { followBatch } from '../batch/follow.ts';
import { type Place, placeOf } from '../batch/place.ts';
import type { Failures } from '../batch/results.ts';
import { type BatchInput, resumeBatch, startBatch } from '../batch/start-batch.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, messageOf, UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { program } from '../program.ts';
import { startProgress } from '../progress.ts';
import { findTarget, type Target } from '../target.ts';

const flags = {
  to: {
    type: 'string',
    value: 'folder or s3://bucket/folder/',
    description: 'where the answers go. Default: a folder of the name of the batch',
  },
  tolerate: {
    type: 'string',
    value: 'percent',
    description: 'go on while no more of the rows than this fail. Default: 0',
  },
  concurrency: {
    type: 'string',
    value: 'n',
    description: 'batches of up to 500 rows that are asked at once. Default: 4',
  },
  resume: {
    type: 'string',
    value: 'name',
    description: 'go on with a batch that failed or was stopped, or follow one that runs',
  },
  ...cloudFlags,
} as const;

/** A number of a flag. @throws {UsageError} if it is none, or outside the range */
function numberOf(flag: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text.replace(/%$/, ''));
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`--${flag} takes a number from ${least} to ${most}, got '${text}'`);
}

/** @throws {UsageError} naming the workflows that can be asked about files */
async function findWorkflow(name: string | undefined): Promise<WorkflowSpec> {
  const { blueprint } = await import('@chorus/service');
  const able = blueprint.workflows.filter(({ request }) => request.csv !== undefined);
  const names = able.map((each) => each.name);
  const there = `Files of rows can be asked about with ${names.join(', ')}`;
  if (name === undefined) throw new UsageError(`Which workflow? ${there}`);
  const found = able.find((each) => each.name === name);
  if (found === undefined)
    throw new UsageError(
      blueprint.functions.some((each) => each.name === name && each.kind === 'model')
        ? `${name} is a model, and files are asked about with workflows. One of this model alone: ${program} workflows add ${name}-rows --models ${name} --combine first`
        : `${name} takes no rows. ${there}.${didYouMean(name, names)}`,
    );
  return found;
}

/** A batch that is to be followed. */
interface Asked {
  readonly executionArn: string;
  readonly name: string;
  readonly to: Place;
}

/** @throws {UsageError} for a bucket that the state machine may not write to */
function checkTo(to: Place, { bucket }: BatchCloud): void {
  if (to.kind === 's3' && to.bucket !== bucket)
    throw new UsageError(`Answers go into s3://${bucket}/, or into a folder of this machine`);
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, source, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  const workflow = await findWorkflow(name);
  if ((source === undefined) === (values.resume === undefined))
    throw new UsageError('Give a file of rows, rows.csv or s3://bucket/rows.csv, or --resume');
  const settings = readSettings(io.env);
  const place = (text: string): Place => placeOf(text, settings.workingDirectory);
  const concurrency = numberOf('concurrency', values.concurrency ?? '4', [1, 1000]);
  const tolerated = numberOf('tolerate', values.tolerate ?? '0', [0, 100]);
  const target = await findTarget(settings, values);
  const [{ batchMachineName }, { withBatchCloud }, { makeFolder }] = await Promise.all([
    import('@chorus/blueprint'),
    import('../batch/batch-cloud.ts'),
    import('../batch/deliver.ts'),
  ]);

  async function begin(cloud: BatchCloud, from: string): Promise<Asked> {
    const { giveRows } = await import('../batch/give-rows.ts');
    const batch = `${workflow.name}-${randomBytes(4).toString('hex')}`;
    const to = place(values.to ?? batch);
    checkTo(to, cloud);
    const key = await giveRows(cloud, place(from), workflow.request.csv?.columns ?? [], batch);
    await makeFolder(to);
    const executionArn = await startBatch(cloud, batch, {
      key,
      prefix: to.kind === 's3' ? to.key.replace(/\/$/, '') : 'out',
      concurrency,
      tolerated,
      to: to.kind === 's3' ? (values.to ?? '') : to.path,
    });
    note(io, `Batch ${batch} has begun. Ctrl-C leaves it running; go on with --resume ${batch}`);
    return { executionArn, name: batch, to };
  }

  async function goOn(cloud: BatchCloud, batch: string): Promise<Asked> {
    const { executionArn, input } = await resumeBatch(cloud, batch);
    // One that a schedule has begun says no place.
    const to = place(values.to ?? input.to ?? batch);
    checkTo(to, cloud);
    await makeFolder(to);
    return { executionArn, name: batch, to };
  }

  return withBatchCloud(target, batchMachineName(workflow.name), async (cloud) => {
    const asked =
      values.resume === undefined
        ? await begin(cloud, source ?? '')
        : await goOn(cloud, values.resume);
    return finish(cloud, asked, { io, json: values.json === true, target, workflow });
  });
}

/** Returns advice about a batch that failed. Resuming reads the same file, so one that cannot be read, or has rows that are refused, has to be mended first. */
function nextAfter(error: string | undefined, { listed }: Failures, again: string): string {
  if (error === 'States.ItemReaderFailed')
    return `If that is the file's own fault, mend it and start a batch of it. Else go on with: ${again}`;
  if (listed.some((rows) => /^Refused\.4(?!29)/.test(rows.error)))
    return `Mend the file and start a batch of it, or list such rows and answer the others with --tolerate 1. What has an answer keeps it: ${again}`;
  return `What has an answer keeps it. Go on with: ${again}`;
}

interface Shown {
  readonly io: Io;
  readonly json: boolean;
  readonly target: Target;
  readonly workflow: WorkflowSpec;
}

/** Waits for the end of a batch, and gives its answers. @returns the exit code */
async function finish(
  cloud: BatchCloud,
  { executionArn, name, to }: Asked,
  shown: Shown,
): Promise<number> {
  const { io, json, target, workflow } = shown;
  const again = `${program} batch ${workflow.name} --resume ${name}${target.flags}`;
  const progress = await startProgress(workflow.name, io.stderr);
  const ended = await followBatch(cloud, executionArn, progress, again).finally(progress.stop);
  const [{ readFailures, mergeFailures }, { deliver }] = await Promise.all([
    import('../batch/results.ts'),
    import('../batch/deliver.ts'),
  ]);
  const { status, startDate, stopDate, error, cause, input = '{}' } = ended.execution;
  const { total = 0 } = ended.counts;
  const { prefix, tolerated }: BatchInput = JSON.parse(input);
  const folder = ended.mapRunArn?.slice(ended.mapRunArn.lastIndexOf(':') + 1);
  const manifest = [prefix, folder, 'manifest.json'].filter(Boolean).join('/');
  const none: Failures = { rows: 0, listed: [] };
  const isWritten = (ended.counts.resultsWritten ?? 0) > 0 || status === 'SUCCEEDED';
  const failed = isWritten ? await readFailures(cloud, manifest) : none;
  const seconds = ((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)) / 1000;
  const summaryOf = (answered: number, refused: Failures = none) => ({
    batch: name,
    workflow: workflow.name,
    status,
    rows: total,
    answered,
    failed: failed.rows + refused.rows,
    seconds,
    rowsPerSecond: seconds > 0 ? Math.round(answered / seconds) : 0,
    failures: mergeFailures(failed, refused).listed,
  });

  if (status !== 'SUCCEEDED') {
    const summary = summaryOf(ended.counts.succeeded ?? 0);
    if (json) printJson(io, { ...summary, error, cause });
    const why = failed.rows > 0 ? '' : ` ${[error, cause].filter(Boolean).join(': ')}`;
    note(io, ...linesOf(failed));
    throw new CliError(
      `The batch ${name} ${status === 'ABORTED' ? 'was stopped' : 'failed'} after ${summary.answered} of ${total} rows.${why}\n${nextAfter(error, failed, again)}`,
    );
  }
  const { rows, files, refused } = await deliver(cloud, manifest, to, summaryOf).catch(
    (cause: unknown) => {
      throw new CliError(
        `The batch ${name} has ended, but its answers are not written: ${messageOf(cause)}. They are kept, and this writes them: ${again} --to <folder>`,
        { cause },
      );
    },
  );
  const failures = mergeFailures(failed, refused);
  if (json) printJson(io, { ...summaryOf(rows, refused), files });
  else {
    const { rowsPerSecond } = summaryOf(rows);
    print(
      io,
      `${rows} of ${total} rows answered in ${seconds.toFixed(1)} s, ${rowsPerSecond} a second.`,
      ...linesOf(failures),
      ...files,
    );
  }
  // Step Functions has judged the batches that failed; rows that were refused are answers to it.
  if (failures.rows <= (total * tolerated) / 100) return 0;
  throw new CliError(
    `${failures.rows} of ${total} rows failed, more than the ${tolerated} % that may. The answers of the others are written`,
  );
}

/** Says which rows have no answer, and why. */
function linesOf({ rows, listed }: Failures): readonly string[] {
  if (rows === 0) return [];
  const shown = listed.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [
    rows === 1 ? '1 row has no answer:' : `${rows} rows have no answer:`,
    ...listed.map(({ first, last, error, cause }) => {
      const which = first === last ? `row ${first}` : `rows ${first} to ${last}`;
      return `  ${which}: ${cause || error}`;
    }),
    ...(shown < rows ? [`  and ${rows - shown} more`] : []),
  ];
}

/** `chorus batch`: asks a workflow about every row of a file. */
export const batch: Command = {
  name: 'batch',
  operands: '<workflow> [rows.csv]',
  summary: 'ask a workflow about every row of a file',
  details: [
    'The file is a CSV with commas whose first line names the columns: of this machine, or s3://bucket/rows.csv.',
    'The answers are JSON Lines and Parquet, with the number of each row, counted from 0, and a summary. Rows are asked',
    'about in batches of up to 500. A row that the workflow refuses ends it, or is listed with --tolerate. A batch goes on',
    'when the cloud is started again after its end.',
    'chorus batch <workflow> rows.csv --to answers/   chorus batch <workflow> s3://bucket/rows.csv --tolerate 1',
  ],
  flags,
  run,
};
