import type { Blueprint } from '@chorus/blueprint';
import { SmokeTestError } from './errors.ts';

/** Where a deployed service is, and how to be let in. */
export interface Service {
  /** Of the API's stage: `https://….execute-api.us-east-1.amazonaws.com/live/`. */
  readonly url: string;
  /** For the header `x-api-key`. */
  readonly key: string | undefined;
}

/** Cold starts of all models at once, and then some. */
const timeoutMs = 60_000;

async function ask(
  { url, key }: Service,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const address = `${url.replace(/\/$/, '')}${path}`;
  const response = await fetch(address, {
    headers: {
      accept: 'application/json',
      ...(key !== undefined && { 'x-api-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new SmokeTestError(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

/**
 * Asks both doors of a deployed service: each workflow has to answer its example with all of its models, and `/v2` has
 * to be ready.
 *
 * @throws {SmokeTestError} saying what was asked and answered
 */
export async function smokeTest(service: Service, { workflows, routes }: Blueprint): Promise<void> {
  await ask(service, '/v2/health/ready');
  for (const route of routes) {
    if (!('workflow' in route)) continue;
    const workflow = workflows.find(({ name }) => name === route.workflow);
    const { predictions, failed } = await ask(service, route.path, workflow?.example);
    if (!Array.isArray(predictions) || predictions.length !== 1)
      throw new SmokeTestError(`${route.path} answered no prediction for its example`);
    const names = Object.keys((failed as object | undefined) ?? {});
    if (names.length > 0)
      throw new SmokeTestError(
        `${route.path} answered without ${names.join(', ')}: ${JSON.stringify(failed)}`,
      );
  }
}
