/** Which part of the protocol a path is, or which model is asked in plain JSON. */

import { NotFoundError, UnsupportedError } from '@chorus/protocol';
import { type HttpAnswer, jsonAnswer } from '@chorus/runtime/proxy-event';
import type { Call, Service } from './call.ts';
import { modelMetadata, repositoryIndex, serverMetadata } from './metadata.ts';
import { inferModel } from './model-infer.ts';
import { predictModel } from './model-predict.ts';
import { checkQuery } from './query.ts';
import { modelReady, serverReady } from './readiness.ts';
import { checkModel, findServed, type ServedModel, type ServedWorkflow } from './served.ts';
import { inferWorkflow } from './workflow-infer.ts';

type Respond = (service: Service, call: Call) => HttpAnswer | Promise<HttpAnswer>;
type RespondFor = (
  service: Service,
  served: ServedModel | ServedWorkflow,
  call: Call,
) => Promise<HttpAnswer>;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly respond: Respond | { readonly forModel: RespondFor };
}

const model = '/v2/models/(?<model>[^/]+)(?:/versions/(?<version>[^/]+))?';

/** @throws NotFoundError where there is no document */
function openApi({ document }: Service): HttpAnswer {
  if (document === undefined) throw new NotFoundError('no such path: /openapi.json');
  return jsonAnswer(200, document());
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/openapi\.json$/, respond: openApi },
  { method: 'GET', path: /^\/v2$/, respond: () => jsonAnswer(200, serverMetadata) },
  { method: 'GET', path: /^\/v2\/health\/live$/, respond: () => jsonAnswer(200, { live: true }) },
  { method: 'GET', path: /^\/v2\/health\/ready$/, respond: serverReady },
  {
    method: 'GET',
    path: /^\/v2\/models$/,
    respond: ({ served }) => jsonAnswer(200, { models: [...served.keys()] }),
  },
  {
    method: 'GET',
    path: new RegExp(`^${model}$`),
    respond: {
      forModel: async (...asked) => jsonAnswer(200, await modelMetadata(...asked)),
    },
  },
  { method: 'GET', path: new RegExp(`^${model}/ready$`), respond: { forModel: modelReady } },
  {
    method: 'POST',
    path: new RegExp(`^${model}/infer$`),
    respond: {
      forModel: (service, served, call) =>
        served.kind === 'model'
          ? inferModel(service, served, call)
          : inferWorkflow(service, served, call),
    },
  },
  {
    method: 'POST',
    path: /^\/predict\/(?<model>[^/]+)$/,
    respond: {
      forModel: (service, served, call) =>
        predictModel(service, checkModel(service.served, served), call),
    },
  },
  {
    method: 'POST',
    path: /^\/v2\/repository\/index$/,
    respond: async (...asked) => jsonAnswer(200, await repositoryIndex(...asked)),
  },
];

/** Endpoints of Triton that this server does not have, by what they are for. */
const unsupported: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^(?:/v2/models|${model})/stats$`), 'statistics'],
  [new RegExp(`^${model}/config$`), 'model configuration'],
  [new RegExp(`^${model}/generate(?:_stream)?$`), 'generation'],
  [new RegExp(`^(?:/v2|${model})/trace/setting$`), 'trace settings'],
  [/^\/v2\/logging$/, 'log settings'],
  [/^\/v2\/repository\/models\/[^/]+\/(?:un)?load$/, 'loading and unloading by request'],
  [/^\/v2\/(?:system|cuda)sharedmemory(?:\/|$)/, 'shared memory'],
];

/**
 * Answers a request by its route, HEAD as GET; 405 for a known path with another method.
 *
 * @throws NotFoundError for an unknown path, model or version; UnsupportedError for Triton's other endpoints; and
 * whatever the route throws.
 */
export async function respond(service: Service, call: Omit<Call, 'version'>): Promise<HttpAnswer> {
  const { method } = call.request;
  const path = call.request.path.replace(/\/+$/, '');
  const feature = unsupported.find(([pattern]) => pattern.test(path))?.[1];
  if (feature !== undefined) {
    throw new UnsupportedError(`${method} ${path}: ${feature} is not supported by this server`);
  }
  const known = routes.filter((route) => route.path.test(path));
  // An answer to HEAD is that to GET; the HTTP server leaves out the body (RFC 9110, 9.3.2).
  const asked = method === 'HEAD' ? 'GET' : method;
  const route = known.find((each) => each.method === asked);
  if (route !== undefined) {
    return follow(route, path, service, call);
  }
  if (known.length === 0) {
    throw new NotFoundError(
      `no such path: ${path || '/'}; the Open Inference Protocol begins at /v2, its models are listed at /v2/models`,
    );
  }
  const allow = known.map((each) => (each.method === 'GET' ? 'GET, HEAD' : each.method)).join(', ');
  return jsonAnswer(405, { error: `${path} takes ${allow}, not ${method}` }, { allow });
}

async function follow(
  route: Route,
  path: string,
  service: Service,
  call: Omit<Call, 'version'>,
): Promise<HttpAnswer> {
  const groups = route.path.exec(path)?.groups;
  const version = groups?.['version'];
  const complete = { ...call, version: version === undefined ? undefined : decode(version) };
  if (typeof route.respond === 'function') {
    return route.respond(service, complete);
  }
  const served = findServed(service.served, decode(groups?.['model'] ?? ''));
  if (route.method === 'POST') checkQuery(call.request.query, service.served);
  return route.respond.forModel(service, served, complete);
}

/** Returns a part of a path without its percent signs; as it stands when they mean nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
