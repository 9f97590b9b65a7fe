import type { RunReport, RunSource, RunStatus } from '@chorus/pipeline-runs';
import { InvalidRequestError } from '@chorus/protocol';

/** A run begins. */
export interface ClaimStep {
  readonly step: 'claim';
  readonly pipeline: string;
  readonly execution: string;
  /** ISO 8601. */
  readonly started: string;
  /** What the execution was started with. */
  readonly request: unknown;
}

type Steps = Partial<
  Pick<
    RunReport,
    | 'validation'
    | 'data'
    | 'trained'
    | 'evaluation'
    | 'published'
    | 'approval'
    | 'promoted'
    | 'failure'
  >
>;

/** New versions wait for a person. */
export interface WaitStep extends Steps {
  readonly step: 'ask';
  readonly run: RunSource;
  /** Of the task that waits. */
  readonly token: string;
  /** How long it waits, in seconds. */
  readonly seconds: number;
}

/** A run ends. */
export interface ReportStep extends Steps {
  readonly step: 'report';
  readonly run: RunSource;
  readonly status: RunStatus;
}

const texts: Readonly<Record<string, readonly string[]>> = {
  claim: ['pipeline', 'execution', 'started'],
  ask: ['token'],
  report: ['status'],
};

/**
 * Reads a step's event, which the pipeline's own state machine makes: its names are checked, its content is the steps' before.
 *
 * @throws {InvalidRequestError} naming what is missing
 */
export function parseStep(event: unknown): ClaimStep | WaitStep | ReportStep {
  const fields: Readonly<Record<string, unknown>> =
    typeof event === 'object' && event !== null ? { ...event } : {};
  const { step, run } = fields;
  const needed = typeof step === 'string' && Object.hasOwn(texts, step) ? texts[step] : undefined;
  if (needed === undefined)
    throw new InvalidRequestError(`step: expected ${Object.keys(texts).join(', ')}`);
  for (const name of needed)
    if (typeof fields[name] !== 'string' || fields[name] === '')
      throw new InvalidRequestError(`${name}: expected a text`);
  if (step === 'ask' && !(Number(fields['seconds']) > 0))
    throw new InvalidRequestError('seconds: expected how long the task waits');
  if (step !== 'claim' && (typeof run !== 'object' || run === null))
    throw new InvalidRequestError('run: expected the run that was begun');
  return fields as unknown as ClaimStep | WaitStep | ReportStep;
}
