/** The answer of a workflow's state machine as the protocol shows it. */

import {
  errorOfStatus,
  type InferRequest,
  InternalError,
  type ModelSchema,
  type Parameters,
  type Tensor,
  UnavailableError,
} from '@chorus/protocol';
import { asRecord } from '@chorus/runtime/proxy-event';
import type { ServedWorkflow } from './served.ts';

/** A workflow's answer, in the parts of an inference response. */
export interface WorkflowAnswer {
  /** The outputs that are there, in the schema's order. */
  readonly tensors: readonly Tensor[];
  readonly parameters: Parameters;
  /** How long each model that answered took, in milliseconds. */
  readonly durationsMs: ReadonlyMap<string, number>;
}

/** The reason for which a function is not in the answer. */
interface Failure {
  readonly error: string;
  readonly message: string;
}

/**
 * Reads `{"statusCode": 200, "body": {"predictions": […], "models": {…}, "failed": {…}}}`.
 *
 * @param output JSON, the execution's output.
 * @param request whose outputs, when it names some, must all be there.
 * @throws ProtocolError of the status that the state machine chose; UnavailableError when an output asked for failed;
 * InternalError when the state machine answered something else.
 */
export function readWorkflowAnswer(
  output: string,
  { schema, answer }: Pick<ServedWorkflow, 'schema' | 'answer'>,
  request: InferRequest,
): WorkflowAnswer {
  const { statusCode, body: told } = asRecord(JSON.parse(output));
  const body = asRecord(told);
  const { predictions, error } = body;
  if (typeof statusCode !== 'number' || (statusCode !== 200 && typeof error !== 'string')) {
    throw misshapen(schema);
  }
  if (statusCode !== 200) {
    throw errorOfStatus(statusCode, String(error));
  }
  const models = asRecord(body['models']);
  const failed = asRecord(body['failed']);
  const read = Array.isArray(predictions)
    ? answer.tensorsOf({ ...body, predictions, models, failed }, schema)
    : undefined;
  if (read === undefined) {
    throw misshapen(schema);
  }
  const failures = readFailures(failed);
  checkAsked(request, failures);
  const { trace } = body;
  const parameters = {
    ...factsOf(models),
    ...partOf(failures),
    ...read.parameters,
    // A parameter is a text, a number or true: the timeline is written as JSON.
    ...(trace !== undefined && { chorus_trace: JSON.stringify(trace) }),
  };
  return { tensors: read.tensors, parameters, durationsMs: durationsOf(models) };
}

function misshapen({ name }: ModelSchema): InternalError {
  return new InternalError(
    `workflow ${JSON.stringify(name)} answered something else than predictions`,
  );
}

/** Partial beats nothing, unless the missing part was asked for by name. */
function checkAsked({ outputs = [] }: InferRequest, failures: ReadonlyMap<string, Failure>): void {
  for (const { name } of outputs) {
    const failure = failures.get(name);
    if (failure !== undefined) {
      throw new UnavailableError(
        `output ${JSON.stringify(name)} is not available: ${failure.error}: ${failure.message}`,
      );
    }
  }
}

function readFailures(failed: Readonly<Record<string, unknown>>): ReadonlyMap<string, Failure> {
  const entries = Object.entries(failed).map(([name, value]) => {
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

/** Returns each model's own facts, flat: `chorus_random_forest_version`, `…_duration_ms` and so on. */
function factsOf(models: Readonly<Record<string, unknown>>): Parameters {
  const facts: Parameters = {};
  for (const [model, served] of Object.entries(models)) {
    for (const [fact, name] of Object.entries(factNames)) {
      const value = asRecord(served)[fact];
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        facts[`${prefixOf(model)}_${name}`] = value;
      }
    }
  }
  return facts;
}

function durationsOf(models: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(models).flatMap(([model, served]) => {
      const { durationMs } = asRecord(served);
      return typeof durationMs === 'number' ? [[model, durationMs]] : [];
    }),
  );
}

/** Returns the parameters of a partial answer, which models are missing and why; nothing when all are there. */
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
