import type { ServerResponse } from 'node:http';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { LocalCloudError } from '@chorus/emulator-files';
import type { Answer } from './answer.ts';
import { LambdaError, unreadable } from './errors.ts';
import type { Pollers } from './event-sources/pollers.ts';
import type { LambdaService } from './lambda-service.ts';
import { mappingOperations, operations } from './operations.ts';
import { checkParameters } from './parameters.ts';

const functionsPath =
  /^\/2015-03-31\/functions(?:\/(?<name>[^/]+)(?:\/(?<part>[^/]+)(?:\/(?<item>[^/]+))?)?)?\/?$/;

const mappingsPath = /^\/2015-03-31\/event-source-mappings(?:\/(?<name>[^/]+))?\/?$/;

function targetOf(path: string): URL {
  try {
    return new URL(path, 'http://lambda');
  } catch (cause) {
    throw unreadable(`The path ${path} is not one of a URL`, cause);
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw unreadable(`The path has ${segment}, which is not percent-encoded UTF-8`, cause);
  }
}

/** What operations are about. */
interface Services {
  readonly lambda: LambdaService;
  readonly pollers: Pollers;
}

async function answer({ lambda, pollers }: Services, request: AwsRequest): Promise<Answer> {
  const { pathname, searchParams: query } = targetOf(request.path);
  const mapping = mappingsPath.exec(pathname)?.groups;
  const match = mapping ?? functionsPath.exec(pathname)?.groups;
  const { name = '', part, item = '' } = match ?? {};
  const route = [name && ':name', part, item && ':item'].filter(Boolean).join('/');
  const key = `${request.method} /${route}`;
  const known = mapping ? mappingOperations : operations;
  const found = match && Object.hasOwn(known, key) ? known[key] : undefined;
  if (found === undefined)
    throw new LambdaError(
      'NotImplementedException',
      501,
      `The local cloud's Lambda does not do ${request.method} ${pathname}.`,
    );
  const [operation, handle] = found;
  checkParameters(operation, query, request.headers);
  return handle({ lambda, pollers, request, query, name: decoded(name), item: decoded(item) });
}

/** Returns AWS's answer to an error. Writes a fault of the local cloud itself to standard error too. */
function failure(error: unknown): Answer {
  const isKnown = error instanceof LambdaError;
  if (!isKnown) console.error(error instanceof LocalCloudError ? error.message : error);
  const name = isKnown ? error.name : 'ServiceException';
  const status = isKnown ? error.status : 500;
  const message = isKnown ? error.message : `The local cloud failed: ${error}`;
  return {
    status,
    body: { Type: status < 500 ? 'User' : 'Service', Message: message, message },
    headers: { 'x-amzn-errortype': name, ...(status === 429 && { 'retry-after': '1' }) },
  };
}

/** Answers a request to the Lambda REST API (2015-03-31) in AWS's format, errors included. */
export async function handleLambda(
  services: Services,
  request: AwsRequest,
  response: ServerResponse,
): Promise<void> {
  let result: Answer;
  try {
    result = await answer(services, request);
  } catch (error) {
    result = failure(error);
  }
  const { status, headers } = result;
  const body =
    result.body === undefined
      ? Buffer.alloc(0)
      : Buffer.isBuffer(result.body)
        ? result.body
        : Buffer.from(JSON.stringify(result.body));
  sendAnswer(response, {
    status,
    type: 'application/json',
    body,
    requestId: request.requestId,
    ...(headers && { headers }),
  });
}
