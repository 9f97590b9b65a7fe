/** Inference by a workflow: one synchronous execution of its state machine. */

import {
  checkInputs,
  DeadlineExceededError,
  decodeInferRequest,
  encodeInferResponse,
  type InferRequest,
  InternalError,
  selectOutputs,
} from '@chorus/protocol';
import type { Call, Service } from './call.ts';
import { deadlineOf } from './deadline.ts';
import { callAws, failureOfName } from './failures.ts';
import type { HttpAnswer } from './http-event.ts';
import { readInferBody } from './infer-body.ts';
import { checkVersion, type ServedWorkflow, workflowVersion } from './served.ts';
import type { Execution } from './step-functions.ts';
import { readWorkflowAnswer } from './workflow-answer.ts';
import { toWorkflowInput } from './workflow-input.ts';

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
  const { name, schema } = workflow;
  checkVersion(name, call.version, workflowVersion);
  const { body, headerLength } = await readInferBody(call.request);
  const request = decodeInferRequest(body, headerLength, schema);
  checkInputs(request, schema);
  const id = request.id || call.request.requestId;
  const output = await execute(service, workflow, { ...request, id }, call);
  const { tensors, parameters } = readWorkflowAnswer(output, schema, request);
  const outputs = selectOutputs(request, tensors);
  const response = { model_name: name, model_version: workflowVersion, id, parameters, outputs };
  const encoded = encodeInferResponse(response, request);
  return { status: 200, headers: encoded.headers, body: encoded.body };
}

/** Runs the state machine and returns its output, JSON. */
async function execute(
  { clients }: Service,
  { name, stateMachineArn }: ServedWorkflow,
  request: InferRequest,
  call: Call,
): Promise<string> {
  const what = `workflow ${JSON.stringify(name)}`;
  const deadlineMs = deadlineOf(request.parameters, call);
  const stepFunctions = await clients.stepFunctions();
  const start = {
    stateMachineArn,
    input: toWorkflowInput(request, deadlineMs - Date.now()),
    name: executionName(request.id ?? '', call.request.requestId),
  };
  const execution = await callAws(what, deadlineMs, (signal) =>
    stepFunctions.startSync(start, signal),
  );
  return outputOf(what, execution);
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
