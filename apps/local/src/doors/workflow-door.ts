import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type AcceptInput, keyHeader, type OnceInput } from '@chorus/blueprint';
import { readBody } from '@chorus/emulator-aws';
import type { StatesService } from '@chorus/emulator-states';
import { maxInputBytes } from '@chorus/emulator-states';
import {
  checkDepth,
  decodeText,
  executionNameOf,
  InvalidRequestError,
  PayloadTooLargeError,
  traceHeader,
  UnsupportedMediaTypeError,
} from '@chorus/protocol';
import { type ApiAnswer, answerOf } from './answer-of-execution.ts';

/** Numbers JSON can write and a double cannot hold become Infinity; the state machine could not say where. */
const hugeNumber = /[eE]\+?\d{3}|\d{309}/;

function refuseInfinity(value: unknown, where: string): void {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
    throw new InvalidRequestError(`${where || 'body'}: the number is too large for a double`);
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      refuseInfinity(inner, where === '' ? key : `${where}.${key}`);
}

/** The body of a request to a workflow, as it came and as JSON. */
interface WorkflowInput {
  readonly text: string;
  readonly parsed: unknown;
}

const tooLarge = (limit: number): PayloadTooLargeError =>
  new PayloadTooLargeError(
    `the body is larger than ${limit} bytes, which is what a state machine takes; send fewer rows, or a photo by its key`,
  );

/**
 * Parses the JSON body of a request to a workflow, as API Gateway's request mapping does.
 *
 * @throws {UnsupportedMediaTypeError} if the content type is named and is not JSON
 * @throws {PayloadTooLargeError} above Step Functions' 262,144 bytes
 * @throws {InvalidRequestError} if the body is not JSON, or nested too deep
 */
async function readWorkflowInput(request: IncomingMessage): Promise<WorkflowInput> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && type !== '' && type !== 'application/json')
    throw new UnsupportedMediaTypeError(
      `content-type: expected application/json, got ${JSON.stringify(type.slice(0, 60))} (curl: -H 'content-type: application/json')`,
    );
  const body = await readBody(request, maxInputBytes, tooLarge);
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
  return { text, parsed };
}

/** The state machine that a request starts. */
export interface Started {
  readonly arn: string;
  /** Of one that accepts requests: the URL that is told of the answer, or an empty text. @default it takes the body itself */
  readonly webhook?: string;
}

/**
 * Returns the body as the machine that accepts requests takes it.
 *
 * @throws {PayloadTooLargeError} if there is no room for both in the input
 */
function withWebhook({ text, parsed }: WorkflowInput, webhook: string): WorkflowInput {
  const input: AcceptInput = { request: parsed, webhook };
  const wrapped = `{"request":${text},"webhook":${JSON.stringify(webhook)}}`;
  if (Buffer.byteLength(wrapped) > maxInputBytes) throw tooLarge(maxInputBytes);
  return { text: wrapped, parsed: input };
}

/** The state machine that answers requests with an Idempotency-Key once, and the route. */
export interface Once {
  readonly machine: string;
  readonly route: string;
}

/**
 * Returns the state machine that is started, and its input, as API Gateway's request template makes them.
 *
 * @throws {PayloadTooLargeError} for a body that is too large within the input of another machine
 */
function startOf(
  arn: string,
  { text, parsed }: WorkflowInput,
  key: string | undefined,
  once: Once | undefined,
): { readonly arn: string; readonly input: unknown } {
  if (once === undefined || key === undefined || key === '') return { arn, input: parsed };
  const input: OnceInput = { text, key, route: once.route, caller: '', machine: arn };
  if (Buffer.byteLength(JSON.stringify(input)) > maxInputBytes)
    throw new PayloadTooLargeError(
      `the body is larger than ${maxInputBytes} bytes as a text in JSON, which is how it is handed on with an Idempotency-Key; send it without`,
    );
  return { arn: once.machine, input };
}

/**
 * `POST /predict/<workflow>`: straight to the state machine, as API Gateway's service integration does it; by way of another one
 * when it has an Idempotency-Key.
 */
export async function enterWorkflow(
  states: StatesService,
  { arn, webhook }: Started,
  request: IncomingMessage,
  requestId: string = randomUUID(),
  once?: Once,
): Promise<ApiAnswer> {
  const body = await readWorkflowInput(request);
  const read = webhook === undefined ? body : withWebhook(body, webhook);
  const key = request.headers[keyHeader]?.toString();
  const started = startOf(arn, read, key, once);
  const name = executionNameOf(requestId, request.headers[traceHeader]);
  const { result } = await states.startSync(started.arn, started.input, name);
  return answerOf(result);
}
