/** Inference by a workflow: one synchronous execution of its state machine. */

import { tracedName } from '@chorus/blueprint/names';
import {
  checkInputs,
  DeadlineExceededError,
  decodeInferRequest,
  encodeInferResponse,
  type InferRequest,
  InternalError,
  InvalidRequestError,
  selectOutputs,
} from '@chorus/protocol';
import type { HttpAnswer } from '@chorus/runtime/proxy-event';
import type { Call, Service } from './call.ts';
import { deadlineOf } from './deadline.ts';
import { estimatedCost } from './estimated-cost.ts';
import { callAws, failureOfName } from './failures.ts';
import { readInferBody } from './infer-body.ts';
import { inputMeans } from './input-means.ts';
import { checkWorkflowVersion, type ServedWorkflow, workflowVersion } from './served.ts';
import type { Execution } from './step-functions.ts';
import { readWorkflowAnswer } from './workflow-answer.ts';

/**
 * `POST /v2/models/{m}/infer` of a workflow: the models that answered, each as an output.
 *
 * @throws ProtocolError as the request, the state machine, AWS or the deadline says.
 */
export async function inferWorkflow(
  service: Service,
  workflow: ServedWorkflow,
  call: Call,
): Promise<HttpAnswer> {
  const { name, schema, sizes } = workflow;
  checkWorkflowVersion(name, call.version);
  const { body, headerLength } = await readInferBody(call.request);
  const request = decodeInferRequest(body, headerLength, schema);
  checkInputs(request, schema);
  const id = request.id || call.request.requestId;
  const { output, billing, inputBytes } = await execute(
    service,
    workflow,
    { ...request, id },
    call,
  );
  const answer = readWorkflowAnswer(output, workflow, request);
  const runs = sizes.map((size) => ({ size, durationMs: answer.durationsMs.get(size.name) }));
  const outputs = selectOutputs(request, answer.tensors);
  // What they keep is about as large as what was asked.
  const written = Array.from({ length: workflow.writers }, () => inputBytes);
  const cost = estimatedCost(service, call, runs, { workflow: billing, written });
  const parameters = { ...answer.parameters, chorus_cost_usd: cost };
  const response = { model_name: name, model_version: workflowVersion, id, parameters, outputs };
  const encoded = encodeInferResponse(response, request);
  return { status: 200, headers: encoded.headers, body: encoded.body };
}

/** An execution that succeeded. */
interface Executed {
  readonly inputBytes: number;
  /** JSON. */
  readonly output: string;
  /** The billing by Step Functions; measured here when the answer has none. */
  readonly billing: { readonly durationMs: number; readonly memoryMb?: number };
}

/** The parameter of a request that asks for the times of each step. */
const traceParameter = 'chorus_trace';

/** @throws InvalidRequestError unless the parameter is true or false, or not there. */
function isTraced({ parameters = {} }: InferRequest): boolean {
  const value = parameters[traceParameter];
  if (value !== undefined && typeof value !== 'boolean')
    throw new InvalidRequestError(
      `parameter ${traceParameter}: expected true or false, got ${JSON.stringify(value)}`,
    );
  return value === true;
}

/** Runs the state machine. @throws ProtocolError unless it succeeds. */
async function execute(
  service: Service,
  workflow: ServedWorkflow,
  request: InferRequest,
  call: Call,
): Promise<Executed> {
  const { name, stateMachineArn } = workflow;
  const what = `workflow ${JSON.stringify(name)}`;
  const deadlineMs = deadlineOf(request.parameters, call);
  const stepFunctions = await service.clients.stepFunctions();
  const start = {
    stateMachineArn: isTraced(request) ? tracedName(stateMachineArn) : stateMachineArn,
    input: await workflow.request.inputOf(
      request,
      inputMeans(service, call.request.requestId, deadlineMs),
    ),
    name: executionName(request.id ?? '', call.request.requestId),
  };
  const startedMs = Date.now();
  const execution = await callAws(what, deadlineMs, (signal) =>
    stepFunctions.startSync(start, signal),
  );
  const measured = { durationMs: Date.now() - startedMs };
  return {
    inputBytes: Buffer.byteLength(start.input),
    output: outputOf(what, execution),
    billing: execution.billing ?? measured,
  };
}

/** The request's id, so that one search finds the execution; Step Functions allows fewer characters than the protocol. */
function executionName(id: string, requestId: string): string | undefined {
  return [id, requestId].find((name) => /^[\w-]{1,80}$/.test(name));
}

/** StartSyncExecution answers HTTP 200 however the execution ended. */
function outputOf(what: string, { status, output, error, cause }: Execution): string {
  if (status === 'SUCCEEDED' && output !== undefined) {
    return output;
  }
  const reason = new Error(`${status}: ${error ?? 'no error'}: ${cause ?? 'no cause'}`);
  if (status === 'TIMED_OUT') {
    throw new DeadlineExceededError(`${what} took too long and was stopped`, { cause: reason });
  }
  // What failed here is the state machine itself: models that fail are in its output.
  throw error === undefined
    ? new InternalError(`${what} failed`, { cause: reason })
    : failureOfName(what, error, `${what} failed: ${error}`, reason);
}
