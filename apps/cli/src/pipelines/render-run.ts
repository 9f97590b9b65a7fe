import type { Measured, ModelTraining, PipelineRun, RunReport } from '@chorus/pipeline-runs';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import { trialLines } from './render-trials.ts';

/** Digits that a figure is shown with. */
const digits = 4;

const shown = (value: number): string => value.toPrecision(digits);

const withInterval = ({ value, low, high }: Measured): string =>
  `${shown(value)} (${shown(low)} to ${shown(high)})`;

/** Returns runs as a table, the newest first. */
export function renderRuns(runs: readonly PipelineRun[]): string {
  return renderTable(
    ['pipeline', 'run', 'file', 'status', 'started', 'what came of it'],
    runs.map(({ pipeline, execution, key, status, started, summary }) => [
      pipeline,
      execution.slice(0, 8),
      key.slice(key.lastIndexOf('/') + 1),
      status,
      started,
      shorten(summary ?? ''),
    ]),
  );
}

/** Longest summary in a table, in characters; `pipeline show` has all of it. */
const shownSummary = 80;

const shorten = (text: string): string =>
  text.length > shownSummary ? `${text.slice(0, shownSummary)}…` : text;

function problemLines({ validation }: RunReport): readonly string[] {
  return (validation?.problems ?? []).flatMap(({ message, count, first }) => [
    count > 1 ? `  ${message} (${count} rows)` : `  ${message}`,
    ...first.map(({ row, value }) => `    row ${row}: ${JSON.stringify(value)}`),
  ]);
}

function evaluationLines({ evaluation }: RunReport): readonly string[] {
  if (evaluation.length === 0) return [];
  const rows = evaluation.map(({ model, champion, challenger, difference, chosen }) => [
    model,
    champion === null ? 'none' : `${champion.version}: ${withInterval(champion.rmse)}`,
    withInterval(challenger.rmse),
    difference === null ? undefined : withInterval(difference),
    chosen ? 'yes' : 'no',
  ]);
  return [
    '',
    `On ${evaluation[0]?.rows} rows that were held out, RMSE with 95 % intervals:`,
    renderTable(['model', 'live', 'new', 'smaller by', 'better'], rows),
    ...evaluation.flatMap(({ model, warnings }) =>
      warnings.map((warning) => `  ${model}: ${warning}`),
    ),
  ];
}

const withOptions = (options: ModelTraining['options'] = {}): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** Returns what has to be known of a model's training: why it failed, which options were taken of how many, and its shares. */
function trainingLines(training: ModelTraining): readonly string[] {
  const { model, error, cause = '', options, tried = [], shares = [] } = training;
  const best = tried.find((trial) => withOptions(trial.options) === withOptions(options));
  const failed = shares.flatMap((share) => share.error ?? []);
  return [
    ...(error === undefined ? [] : [`  ${model} was not trained: ${error} ${cause}`]),
    ...(best === undefined
      ? []
      : [
          `  ${model}: ${withOptions(options)} is the best of ${tried.length} that were tried, RMSE ${shown(best.metrics?.['rmse'] ?? Number.NaN)} on rows apart`,
        ]),
    ...tried.flatMap((trial) =>
      trial.error === undefined
        ? []
        : [`  ${model}: ${withOptions(trial.options)} could not be tried: ${trial.error}`],
    ),
    ...(shares.length === 0
      ? []
      : [
          `  ${model} was trained in ${shares.length} shares${failed.length === 0 ? '' : `, of which ${failed.length} failed (${failed[0]}) and were done again`}`,
        ]),
  ];
}

/** Returns what became of a run, in lines. */
export function renderRun(run: PipelineRun, report: RunReport | undefined): readonly string[] {
  const { pipeline, execution, key, status, summary = '', first, drift } = run;
  const head = [
    `${pipeline} ${execution}: ${status}`,
    `  file: ${key}`,
    ...(drift === undefined
      ? []
      : [`  started by the drift of ${drift.model} ${drift.version}: ${drift.columns.join(', ')}`]),
    // Each problem has a line of its own below.
    ...(summary === '' || (report?.validation?.problems.length ?? 0) > 0 ? [] : [`  ${summary}`]),
  ];
  if (first !== undefined)
    return [...head, `  To run it all the same: chorus pipeline run ${pipeline} --again`];
  if (report === undefined) return head;
  const { data, failure, promoted, trained } = report;
  return [
    ...head,
    ...problemLines(report),
    ...(data === null
      ? []
      : [`  rows: ${data.trainRows} to learn from, ${data.testRows} held out`]),
    ...trained.flatMap(trainingLines),
    ...(failure === undefined
      ? []
      : [`  It failed at ${failure.step}: ${failure.error}: ${causeOf(failure.cause)}`]),
    ...evaluationLines(report),
    ...trialLines(report),
    ...(promoted.length === 0 ? [] : ['']),
    ...promoted.map(({ model, version, outcome, reasons }) =>
      outcome === 'live'
        ? `${model} ${version} is live. To take it back: chorus models rollback ${model}`
        : `${model} ${version} is not live: ${reasons.join('; ')}`,
    ),
  ];
}

/** Returns the command that ends the wait of a run. @param cloud flags that follow it */
export const nextOfWaiting = ({ pipeline, until }: PipelineRun, cloud: string): string =>
  `Next: ${program} pipeline approve ${pipeline}${cloud} (or reject${until === undefined ? '' : `, until ${until}`})`;

/** Returns the message in the JSON of a function's error, or the text as it is. */
function causeOf(cause: string): string {
  try {
    const message: unknown = JSON.parse(cause).errorMessage;
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
