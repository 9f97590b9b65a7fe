/** The answer of a workflow's state machine as the protocol shows it. */

import {
  errorOfStatus,
  InternalError,
  type ModelSchema,
  type Parameters,
  type Tensor,
} from '@chorus/protocol';
import { asRecord } from '@chorus/runtime/proxy-event';

/** What a workflow answered, in the parts of an inference response. */
export interface WorkflowAnswer {
  /** Of the outputs that are there, in the schema's order. */
  readonly tensors: readonly Tensor[];
  readonly parameters: Parameters;
  /** How long each model that answered took, in milliseconds. */
  readonly durationsMs: ReadonlyMap<string, number>;
}

/** The parts of an answer that are the same for all workflows; the predictions are not judged yet. */
interface ReadAnswer extends Omit<WorkflowAnswer, 'tensors'> {
  readonly predictions: readonly unknown[];
  readonly failures: ReadonlyMap<string, Failure>;
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Why a function is not in the answer. */
export interface Failure {
  readonly error: string;
  readonly message: string;
}

/**
 * Reads `{"statusCode": 200, "body": {"predictions": […], "models": {…}, "failed": {…}}}`.
 *
 * @param output JSON, the execution's output.
 * @throws ProtocolError of the status that the state machine chose; InternalError when it answered something else.
 */
export function readWorkflowAnswer(output: string, schema: ModelSchema): ReadAnswer {
  const { statusCode, body: told } = asRecord(JSON.parse(output));
  const body = asRecord(told);
  const { predictions, models, failed, error } = body;
  if (typeof statusCode !== 'number' || (statusCode !== 200 && typeof error !== 'string')) {
    throw misshapen(schema);
  }
  if (statusCode !== 200) {
    throw errorOfStatus(statusCode, String(error));
  }
  if (!Array.isArray(predictions)) {
    throw misshapen(schema);
  }
  const failures = readFailures(failed);
  const parameters = { ...factsOf(models), ...partOf(failures) };
  return { predictions, failures, parameters, durationsMs: durationsOf(models), body };
}

export function misshapen({ name }: ModelSchema): InternalError {
  return new InternalError(
    `workflow ${JSON.stringify(name)} answered something else than predictions`,
  );
}

function readFailures(failed: unknown): ReadonlyMap<string, Failure> {
  const entries = Object.entries(asRecord(failed)).map(([name, value]) => {
    const { error, message } = asRecord(value);
    return [name, { error: String(error ?? ''), message: String(message ?? '') }] as const;
  });
  return new Map(entries);
}

const factNames = {
  version: 'version',
  durationMs: 'duration_ms',
  coldStart: 'cold_start',
  attempts: 'attempts',
} as const;

/** What each model reports of itself, flat: `chorus_random_forest_version`, `…_duration_ms` and so on. */
function factsOf(models: unknown): Parameters {
  const facts: Parameters = {};
  for (const [model, served] of Object.entries(asRecord(models))) {
    for (const [fact, name] of Object.entries(factNames)) {
      const value = asRecord(served)[fact];
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        facts[`${prefixOf(model)}_${name}`] = value;
      }
    }
  }
  return facts;
}

function durationsOf(models: unknown): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(asRecord(models)).flatMap(([model, served]) => {
      const { durationMs } = asRecord(served);
      return typeof durationMs === 'number' ? [[model, durationMs]] : [];
    }),
  );
}

/** That the answer is partial, which models are missing and why; nothing when all are there. */
function partOf(failures: ReadonlyMap<string, Failure>): Parameters {
  if (failures.size === 0) {
    return {};
  }
  const reasons = failures
    .entries()
    .map(([model, { error, message }]) => [`${prefixOf(model)}_error`, `${error}: ${message}`]);
  return {
    chorus_partial: true,
    chorus_failed: [...failures.keys()].join(','),
    ...Object.fromEntries(reasons),
  };
}

function prefixOf(model: string): string {
  return `chorus_${model.replaceAll('-', '_')}`;
}
