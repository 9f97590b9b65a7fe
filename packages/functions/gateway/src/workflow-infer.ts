/** Inference by a workflow: one synchronous execution of its state machine. */

import { tracedName } from '@chorus/blueprint/names';
import {
  checkInputs,
  DeadlineExceededError,
  decodeInferRequest,
  encodeInferResponse,
  executionNameOf,
  type InferRequest,
  InternalError,
  InvalidRequestError,
  selectOutputs,
  traceHeader,
  traceparentOf,
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
  const started = executionName(id, call);
  const { output, billing, inputBytes } = await execute(
    service,
    workflow,
    { ...request, id },
    call,
    started,
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
  // An id of the caller's own tells no trace: then the request's does.
  const traceparent = traceparentOf(started ?? '') ?? traceparentOf(call.request.requestId);
  const headers = { ...encoded.headers, ...(traceparent && { [traceHeader]: traceparent }) };
  return { status: 200, headers, body: encoded.body };
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
  executionName: string | undefined,
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
    name: executionName,
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

/**
 * The request's id, after that of the caller's trace if there is one, so that one search finds the execution; Step Functions allows
 * fewer characters than the protocol.
 */
function executionName(id: string, { request }: Call): string | undefined {
  const { requestId, headers } = request;
  const traceparent = headers.get(traceHeader);
  return [id, requestId]
    .map((each) => executionNameOf(each, traceparent))
    .find((name) => /^[\w-]{1,80}$/.test(name));
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
