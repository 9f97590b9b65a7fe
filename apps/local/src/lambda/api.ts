import type { ServerResponse } from 'node:http';
import { versionsOf } from './aliases.ts';
import {
  aliasConfiguration,
  functionConfiguration,
  versionConfiguration,
} from './configuration.ts';
import { LambdaError } from './errors.ts';
import { invoke } from './invoke.ts';
import { page } from './pages.ts';
import { latestVersion } from './served-function.ts';
import type { LambdaService } from './service.ts';

/** A request to the Lambda API, its body read. */
export interface LambdaRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly requestId: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request on its way through the routes below. */
interface Call {
  readonly lambda: LambdaService;
  readonly request: LambdaRequest;
  readonly query: URLSearchParams;
  /** The function; in ListFunctions, nothing. */
  readonly name: string;
  /** The alias. */
  readonly item: string;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const created = (body: unknown): Answer => ({ status: 201, body });
const qualifierOf = ({ query }: Call): string | undefined => query.get('Qualifier') ?? undefined;

/** The JSON of a request; each operation says what it knows of it. */
function parse<Of extends object>({ body }: LambdaRequest): Of {
  if (body.byteLength === 0) return {} as Of;
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new LambdaError(
      'InvalidRequestContentException',
      400,
      'Could not parse request body into json',
      { cause },
    );
  }
}

function configurationOf({ lambda, name, ...call }: Call): Record<string, unknown> {
  const qualifier = qualifierOf({ lambda, name, ...call });
  return functionConfiguration(lambda.find(name), lambda.describe(name, qualifier));
}

const functionsPath =
  /^\/2015-03-31\/functions(?:\/(?<name>[^/]+)(?:\/(?<part>[^/]+)(?:\/(?<item>[^/]+))?)?)?\/?$/;

/** By method and what follows `/2015-03-31/functions`; `:item` is an alias. */
const operations: Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>> = {
  'GET /': ({ lambda, query }) => {
    const everyVersion = query.get('FunctionVersion') === 'ALL';
    const all = lambda
      .list()
      .flatMap((each) => [
        functionConfiguration(each, each.describe(everyVersion ? latestVersion : undefined)),
        ...(everyVersion
          ? each.versions().map((version) => versionConfiguration(each, version))
          : []),
      ]);
    return ok(page('Functions', all, query));
  },
  'GET /:name': (call) =>
    ok({
      Configuration: configurationOf(call),
      Code: { RepositoryType: 'ECR', ImageUri: 'local' },
      Concurrency: {
        ReservedConcurrentExecutions: call.lambda.find(call.name).spec.concurrency,
      },
    }),
  'GET /:name/configuration': (call) => ok(configurationOf(call)),
  'PUT /:name/configuration': (call) => {
    const { done } = call.lambda.find(call.name).update(parse(call.request));
    // The configuration says how it ends: `LastUpdateStatus`.
    done.catch((error: unknown) => console.error(`Updating ${call.name} failed:`, error));
    return ok(configurationOf(call));
  },
  'POST /:name/invocations': (call) =>
    invoke(call.lambda, call.name, qualifierOf(call), call.request),
  'POST /:name/versions': async ({ lambda, name, request }) => {
    const served = lambda.find(name);
    return created(versionConfiguration(served, await served.publish(parse(request))));
  },
  'GET /:name/versions': ({ lambda, name, query }) => {
    const served = lambda.find(name);
    const all = [{ version: latestVersion }, ...served.versions()];
    return ok(
      page(
        'Versions',
        all.map((each) => versionConfiguration(served, each)),
        query,
      ),
    );
  },
  'POST /:name/aliases': async ({ lambda, name, request }) => {
    const served = lambda.find(name);
    return created(aliasConfiguration(served, await served.createAlias(parse(request))));
  },
  'GET /:name/aliases': ({ lambda, name, query }) => {
    const served = lambda.find(name);
    const version = query.get('FunctionVersion');
    const all = served
      .aliases()
      .filter((alias) => version === null || versionsOf(alias).includes(version));
    return ok(
      page(
        'Aliases',
        all.map((alias) => aliasConfiguration(served, alias)),
        query,
      ),
    );
  },
  'GET /:name/aliases/:item': ({ lambda, name, item }) => {
    const served = lambda.find(name);
    return ok(aliasConfiguration(served, served.alias(item)));
  },
  'PUT /:name/aliases/:item': async ({ lambda, name, item, request }) => {
    const served = lambda.find(name);
    return ok(aliasConfiguration(served, await served.updateAlias(item, parse(request))));
  },
  'DELETE /:name/aliases/:item': async ({ lambda, name, item }) => {
    await lambda.find(name).deleteAlias(item);
    return { status: 204, body: undefined };
  },
};

async function answer(lambda: LambdaService, request: LambdaRequest): Promise<Answer> {
  const { pathname, searchParams: query } = new URL(request.path, 'http://lambda');
  const match = functionsPath.exec(pathname)?.groups;
  const { name = '', part, item = '' } = match ?? {};
  const route = [name && ':name', part, item && ':item'].filter(Boolean).join('/');
  const operation = match && operations[`${request.method} /${route}`];
  if (operation === undefined)
    throw new LambdaError(
      'NotImplementedException',
      501,
      `The local cloud's Lambda does not do ${request.method} ${pathname}.`,
    );
  const of = { name: decodeURIComponent(name), item: decodeURIComponent(item) };
  return operation({ lambda, request, query, ...of });
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
