import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { LambdaError } from './errors.ts';
import type { SettingsChange } from './functions.ts';
import type { LambdaService } from './service.ts';

/** A request to the Lambda API, its body read. */
export interface LambdaRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly requestId: string;
}

/** Largest event of a synchronous invocation, in bytes. */
const maxEventBytes = 6_291_556;

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A function's configuration as the Lambda API shows it. */
function configuration(lambda: LambdaService, name: string): Record<string, unknown> {
  const { spec, settings, arn } = lambda.describe(name);
  return {
    FunctionName: spec.name,
    FunctionArn: arn,
    Role: 'arn:aws:iam::000000000000:role/local',
    PackageType: 'Image',
    Architectures: [process.arch === 'arm64' ? 'arm64' : 'x86_64'],
    Version: '$LATEST',
    Description: settings.description,
    MemorySize: settings.memoryMb,
    Timeout: settings.timeoutSeconds,
    LastModified: settings.lastModified,
    CodeSha256: createHash('sha256').update(spec.name).digest('base64'),
    RevisionId: settings.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Environment: { Variables: settings.environment },
  };
}

async function invoke(
  lambda: LambdaService,
  name: string,
  request: LambdaRequest,
): Promise<Answer> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  lambda.describe(name);
  if (request.body.byteLength > maxEventBytes)
    throw new LambdaError(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${maxEventBytes} bytes for the InvokeFunction operation`,
    );
  const payload = request.body.byteLength === 0 ? Buffer.from('{}') : request.body;
  try {
    JSON.parse(payload.toString());
  } catch (cause) {
    throw new LambdaError(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  if (type === 'DryRun') return { status: 204, body: undefined };
  const call = { functionName: name, payload, requestId: request.requestId };
  if (type === 'Event')
    throw new LambdaError(
      'NotImplementedException',
      501,
      'The local cloud invokes functions synchronously only (RequestResponse, DryRun).',
    );
  const result = await lambda.invoke(call);
  return {
    status: 200,
    body: Buffer.from(result.payload),
    headers: {
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError !== undefined && { 'x-amz-function-error': result.functionError }),
    },
  };
}

async function answer(lambda: LambdaService, request: LambdaRequest): Promise<Answer> {
  const path = decodeURIComponent(request.path.split('?')[0] ?? '');
  const match = /^\/2015-03-31\/functions(?:\/(?<name>[^/]+)(?:\/(?<part>[^/]+))?)?\/?$/.exec(
    path,
  )?.groups;
  const { name, part } = match ?? {};
  const { method } = request;
  if (name !== undefined && part === 'invocations' && method === 'POST')
    return invoke(lambda, name, request);
  if (name !== undefined && part === 'configuration' && method === 'GET')
    return { status: 200, body: configuration(lambda, name) };
  if (name !== undefined && part === 'configuration' && method === 'PUT') {
    const change: SettingsChange = JSON.parse(request.body.toString());
    await lambda.configure(name, change);
    return { status: 200, body: configuration(lambda, name) };
  }
  if (name !== undefined && part === undefined && method === 'GET')
    return {
      status: 200,
      body: {
        Configuration: configuration(lambda, name),
        Code: { RepositoryType: 'ECR', ImageUri: 'local' },
        Concurrency: { ReservedConcurrentExecutions: lambda.describe(name).spec.concurrency },
      },
    };
  if (match !== undefined && name === undefined && method === 'GET')
    return {
      status: 200,
      body: { Functions: lambda.list().map((each) => configuration(lambda, each)) },
    };
  throw new LambdaError(
    'NotImplementedException',
    501,
    `The local cloud's Lambda does not do ${method} ${path}.`,
  );
}

/** Answers a request to the Lambda REST API (2015-03-31) in AWS's format, errors included. */
export async function handleLambda(
  lambda: LambdaService,
  request: LambdaRequest,
  response: ServerResponse,
): Promise<void> {
  let result: Answer;
  try {
    result = await answer(lambda, request);
  } catch (error) {
    const known =
      error instanceof LambdaError
        ? error
        : new LambdaError('ServiceException', 500, `The local cloud failed: ${error}`, {
            cause: error,
          });
    result = {
      status: known.status,
      body: {
        Type: known.status < 500 ? 'User' : 'Service',
        Message: known.message,
        message: known.message,
      },
      headers: { 'x-amzn-errortype': known.name },
    };
  }
  const body =
    result.body === undefined
      ? Buffer.alloc(0)
      : Buffer.isBuffer(result.body)
        ? result.body
        : Buffer.from(JSON.stringify(result.body));
  response.writeHead(result.status, {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    'x-amzn-requestid': request.requestId,
    ...result.headers,
  });
  response.end(body);
}
