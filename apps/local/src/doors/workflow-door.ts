import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ExecutionResult } from '@chorus/asl';
import { readBody } from '@chorus/emulator-aws';
import type { StatesService } from '@chorus/emulator-states';
import { maxInputBytes } from '@chorus/emulator-states';
import {
  checkDepth,
  decodeText,
  InternalError,
  InvalidRequestError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';

/** A JSON answer of the HTTP API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Numbers JSON can write and a double cannot hold become Infinity; the state machine could not say where. */
const hugeNumber = /[eE]\+?\d{3}|\d{309}/;

function refuseInfinity(value: unknown, where: string): void {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
    throw new InvalidRequestError(`${where || 'body'}: the number is too large for a double`);
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      refuseInfinity(inner, where === '' ? key : `${where}.${key}`);
}

/**
 * Parses the JSON body of a request to a workflow, as API Gateway's request mapping does.
 *
 * @throws {UnsupportedMediaTypeError} if the content type is named and is not JSON
 * @throws {PayloadTooLargeError} above Step Functions' 262,144 bytes
 * @throws {InvalidRequestError} if the body is not JSON, or nested too deep
 */
async function readWorkflowInput(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && type !== '' && type !== 'application/json')
    throw new UnsupportedMediaTypeError(
      `content-type: expected application/json, got ${JSON.stringify(type.slice(0, 60))} (curl: -H 'content-type: application/json')`,
    );
  const body = await readBody(
    request,
    maxInputBytes,
    (limit) =>
      new PayloadTooLargeError(
        `the body is larger than ${limit} bytes, which is what a state machine takes; send fewer rows, or a photo by its key`,
      ),
  );
  const text = decodeText(body);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new InvalidRequestError(
      `the body is not valid JSON: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  checkDepth(parsed);
  if (hugeNumber.test(text)) refuseInfinity(parsed, '');
  return parsed;
}

interface WorkflowOutput {
  readonly statusCode: number;
  readonly body: unknown;
}

/** Returns the route's answer for a finished execution: its own `{statusCode, body}`, or 504 and 500, never 200. */
function unwrap(result: ExecutionResult): ApiAnswer {
  if (result.status === 'SUCCEEDED') {
    const { statusCode, body } = result.output as WorkflowOutput;
    return { status: statusCode, body };
  }
  if (result.status === 'TIMED_OUT')
    return { status: 504, body: { error: 'the workflow took too long and was stopped' } };
  const error = new InternalError(`the workflow failed: ${result.error ?? result.status}`);
  return { status: error.status, body: { error: error.message } };
}

/** `POST /predict/<workflow>`: straight to the state machine, as API Gateway's service integration does it. */
export async function enterWorkflow(
  states: StatesService,
  arn: string,
  request: IncomingMessage,
  requestId: string = randomUUID(),
): Promise<ApiAnswer> {
  const input = await readWorkflowInput(request);
  const { result } = await states.startSync(arn, input, requestId);
  return unwrap(result);
}
