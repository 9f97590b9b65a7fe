import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRaw } from '@chorus/emulator-aws';
import type { LambdaService } from '@chorus/emulator-lambda';
import { LambdaError } from '@chorus/emulator-lambda';
import { PayloadTooLargeError } from '@chorus/protocol';

/** Largest body a proxy integration can carry: Lambda's 6 MB event, in base64 and less the size of the headers. */
const maxBodyBytes = 4_500_000;

/** The answer of a function behind a Lambda proxy integration. */
interface ProxyAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** The route that a request came by. */
interface Resource {
  /** As the API has it: `/predict/{model}`. */
  readonly path: string;
  /** The parts of the request's path that its parameters stand for, if it has any, percent-encoded as they came. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** A text before and after the first separator. */
function splitAt(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Returns the event of API Gateway's Lambda proxy integration (payload 1.0), with `*∕*` as binary media type: base64
 * bodies.
 */
async function proxyEvent(
  request: IncomingMessage,
  resource: Resource,
  requestId: string,
): Promise<unknown> {
  // As it came: no URL parser, which would refuse some paths and resolve the dots in others.
  const [path = '/', query = ''] = splitAt(request.url ?? '/', '?');
  const parameters = new URLSearchParams(query);
  const body = await readRaw(
    request,
    maxBodyBytes,
    (limit) =>
      new PayloadTooLargeError(
        `the body is larger than ${limit} bytes, which is what a function takes`,
      ),
  );
  return {
    resource: resource.path,
    path,
    httpMethod: request.method,
    headers: headersOf(request),
    queryStringParameters: parameters.size === 0 ? null : Object.fromEntries(parameters),
    pathParameters: resource.parameters ?? null,
    stageVariables: null,
    requestContext: { requestId, stage: 'local', httpMethod: request.method, path },
    body: body.byteLength === 0 ? null : body.toString('base64'),
    isBase64Encoded: body.byteLength > 0,
  };
}

/** `/v2/…`, `/uploads`: through a function, as API Gateway's proxy integration does it. */
export async function enterFunction(
  lambda: LambdaService,
  functionName: string,
  resource: Resource,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const event = await proxyEvent(request, resource, requestId);
  const payload = Buffer.from(JSON.stringify(event));
  const { status, headers, body } = await ask(lambda, functionName, payload, requestId);
  // Its time was up: it has been answered.
  if (response.headersSent) return;
  response.writeHead(status, {
    ...headers,
    ...(status === 429 && { 'retry-after': '1' }),
    'content-length': body.byteLength,
    'x-request-id': requestId,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const failure = (status: number, error: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ error })),
});

/** Returns what a function answered; undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the answer of a proxy integration; undefined for anything else, which API Gateway calls malformed. */
function proxyAnswerOf(value: unknown): ProxyAnswer | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { statusCode, headers = {}, body = '' } = value as Record<string, unknown>;
  const isStatus =
    Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) < 600;
  const areHeaders =
    typeof headers === 'object' &&
    headers !== null &&
    Object.values(headers).every((each) => typeof each === 'string');
  return isStatus && areHeaders && typeof body === 'string' ? (value as ProxyAnswer) : undefined;
}

async function ask(
  lambda: LambdaService,
  functionName: string,
  payload: Uint8Array,
  requestId: string,
): Promise<HttpAnswer> {
  try {
    const result = await lambda.invoke({ functionName, payload, requestId });
    const text = Buffer.from(result.payload).toString();
    const answered = parsed(text);
    if (result.functionError !== undefined) {
      const { errorType, errorMessage = 'it failed, and its error is no JSON' } = Object(answered);
      return failure(
        errorType === 'Sandbox.Timedout' ? 504 : 502,
        `${functionName}: ${errorMessage}`,
      );
    }
    const answer = proxyAnswerOf(answered);
    if (answer === undefined)
      return failure(
        502,
        `${functionName} did not answer as a proxy integration does: {"statusCode": 200, "headers": {…}, "body": "…"}`,
      );
    return {
      status: answer.statusCode,
      headers: answer.headers ?? {},
      body: Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8'),
    };
  } catch (error) {
    if (error instanceof LambdaError) return failure(error.status, error.message);
    throw error;
  }
}
