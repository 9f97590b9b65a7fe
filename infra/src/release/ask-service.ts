import type { Blueprint, FunctionSpec, WorkflowSpec } from '@chorus/blueprint';
import { SmokeTestError } from '../errors.ts';

/** The address of a deployed service, and its key. */
export interface Service {
  /** The URL of the API's stage: `https://….execute-api.us-east-1.amazonaws.com/live/`. */
  readonly url: string;
  /** For the header `x-api-key`. */
  readonly key: string | undefined;
  /** Sends a request to it: signed, where it takes AWS's signatures. @default as it is */
  readonly send?: (request: Request) => Promise<Response>;
}

/** Cold starts of all models at once, and then some. */
const timeoutMs = 60_000;

async function ask(
  { url, key, send = fetch }: Service,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const address = `${url.replace(/\/$/, '')}${path}`;
  const request = new Request(address, {
    headers: {
      accept: 'application/json',
      ...(key !== undefined && { 'x-api-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const response = await send(request);
  const text = await response.text();
  if (!response.ok) throw new SmokeTestError(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

/** A photo of no bytes to speak of: what may be put is said by its type and size alone. */
const upload = { contentType: 'image/jpeg', bytes: 3 };
const uploaded = new Uint8Array([0xff, 0xd8, 0xff]);

/** Gets a presigned URL and puts something there, as a client does with a photo. */
async function tryUpload(service: Service, path: string): Promise<void> {
  const { url, headers } = await ask(service, path, upload);
  if (typeof url !== 'string' || !URL.canParse(url))
    throw new SmokeTestError(`${path} answered no URL to put a photo at`);
  const response = await fetch(url, {
    method: 'PUT',
    headers: headers as Record<string, string>,
    body: uploaded,
    signal: AbortSignal.timeout(timeoutMs),
  });
  // The URL lets in anyone who has it, so it is not for a log.
  if (!response.ok)
    throw new SmokeTestError(
      `the URL of ${path} answered PUT with ${response.status}: ${await response.text()}`,
    );
}

async function tryWorkflow(
  service: Service,
  path: string,
  workflow: WorkflowSpec | undefined,
): Promise<void> {
  const { predictions, failed } = await ask(service, path, workflow?.example);
  if (!Array.isArray(predictions) || predictions.length !== 1)
    throw new SmokeTestError(`${path} answered no prediction for its example`);
  const names = Object.keys((failed as object | undefined) ?? {});
  if (names.length > 0)
    throw new SmokeTestError(
      `${path} answered without ${names.join(', ')}: ${JSON.stringify(failed)}`,
    );
}

/** Tells whether a function signs URLs for a bucket that takes uploads from web pages. */
function takesUploads({ links = [] }: FunctionSpec, buckets: Blueprint['buckets']): boolean {
  return links.some(
    (link) =>
      link.kind === 'bucket' &&
      link.access === 'write' &&
      buckets.some(({ name, browserUploads }) => name === link.bucket && browserUploads === true),
  );
}

/**
 * Makes sure that a service is there and lets in no caller without a token; what is behind that has been asked already.
 *
 * @throws {SmokeTestError} if it answers anything else
 */
export async function checkGuarded({ url, send = fetch }: Service): Promise<void> {
  const path = '/v2/health/ready';
  const request = new Request(`${url.replace(/\/$/, '')}${path}`, {
    signal: AbortSignal.timeout(timeoutMs),
  });
  const response = await send(request);
  if (response.status !== 401 && response.status !== 403)
    throw new SmokeTestError(
      `${path} answered ${response.status} to a caller without a token, not 401: ${await response.text()}`,
    );
}

/**
 * Asks the routes of a deployed service: each workflow has to answer its example with all of its models, `/v2` has to
 * be ready, and a photo has to go where its URL says.
 *
 * @throws {SmokeTestError} saying what was asked and answered
 */
export async function smokeTest(
  service: Service,
  { functions, workflows, routes, buckets }: Blueprint,
): Promise<void> {
  await ask(service, '/v2/health/ready');
  for (const route of routes) {
    if ('workflow' in route) {
      const workflow = workflows.find(({ name }) => name === route.workflow);
      await tryWorkflow(service, route.path, workflow);
      continue;
    }
    // One path stands for many here, and the functions behind it are asked by their own names.
    if (route.path.includes('{')) continue;
    const behind = functions.find(({ name }) => name === route.function);
    if (route.method === 'POST' && behind !== undefined && takesUploads(behind, buckets))
      await tryUpload(service, route.path);
  }
}
