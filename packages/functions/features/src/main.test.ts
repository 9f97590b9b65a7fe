import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

let child: ChildProcess | undefined;
let server: Server | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
  server?.closeAllConnections();
  server?.close();
});

/** A post of the function: the path after `/2018-06-01/runtime/`, the parsed body, and the log until then. */
interface Post {
  readonly path: string;
  readonly body: unknown;
  readonly log: () => string;
}

/** Starts `main.ts` against a Lambda Runtime API that has one event; resolves with what it posts first. */
function run(event: unknown, environment: Record<string, string>): Promise<Post> {
  const posted = Promise.withResolvers<Post>();
  let pending: unknown = event;
  let log = '';
  const api = createServer(async (request, response) => {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (request.method === 'GET') {
      // The second `next` waits, as on Lambda.
      if (pending !== undefined) {
        response.writeHead(200, {
          'lambda-runtime-aws-request-id': 'i-1',
          'lambda-runtime-deadline-ms': Date.now() + 10_000,
        });
        response.end(JSON.stringify(pending));
        pending = undefined;
      }
      return;
    }
    const body = JSON.parse((await request.toArray()).join(''));
    response.writeHead(202).end('{}');
    posted.resolve({ path, body, log: () => log });
  });
  server = api;
  api.listen(0, '127.0.0.1', () => {
    const { port } = api.address() as AddressInfo;
    child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
      env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    child.on('error', posted.reject);
    child.on('exit', (code) => posted.reject(new Error(`main.ts ended with ${code}`)));
  });
  return posted.promise;
}

// Port 1 refuses.
const nowhere = {
  FEATURES_DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/features',
  FEATURES_CACHE_URL: 'redis://:hunter2@127.0.0.1:1',
};

it('the entry point is ready without its servers', async () => {
  expect(await run({ chorus: 'ready' }, nowhere)).toMatchObject({
    path: 'invocation/i-1/response',
    body: { ready: true },
  });
});

it('a failure is told by its name, and the log has neither coordinates nor passwords', async () => {
  const { path, body, log } = await run({ lat: 12.3456, lon: 65.4321 }, nowhere);
  expect(path).toBe('invocation/i-1/error');
  expect(body).toMatchObject({ errorType: 'FeaturesUnavailableError' });
  await expect.poll(log).toContain('ECONNREFUSED');
  expect(log()).not.toMatch(/12\.3456|65\.4321|hunter2/);
});

it.each([
  [{ lat: 52.5, lon: 13.4 }, {}, 'FeaturesUnavailableError'],
  [{ lat: 52.5, lon: 13.4 }, { FEATURES_DATABASE_URL: '' }, 'FeaturesUnavailableError'],
  [{ chorus: 'migrate' }, {}, 'MigrationError'],
])('%j without a feature store, %j, is told by name', async (event, environment, errorType) => {
  const { path, body } = await run(event, environment);
  expect(path).toBe('invocation/i-1/error');
  expect(body).toMatchObject({ errorType, errorMessage: 'this deployment has no feature store' });
});

it('the entry point is ready without a feature store', async () => {
  expect(await run({ chorus: 'ready' }, {})).toMatchObject({ body: { ready: true } });
});

it.each([
  [{ FEATURES_CACHE_URL: nowhere.FEATURES_CACHE_URL }, 'FEATURES_DATABASE_URL'],
  [{ ...nowhere, FEATURES_DATABASE_URL: 'mysql://u:hunter2@h' }, 'FEATURES_DATABASE_URL'],
  [{ FEATURES_DATABASE_URL: nowhere.FEATURES_DATABASE_URL }, 'FEATURES_CACHE_URL'],
  [{ ...nowhere, FEATURES_CACHE_URL: 'hunter2' }, 'FEATURES_CACHE_URL'],
])('the entry point fails its init phase with %o', async (environment, variable) => {
  const { path, body } = await run({}, environment);
  expect(path).toBe('init/error');
  expect(body).toMatchObject({
    errorType: 'ConfigurationError',
    errorMessage: expect.stringContaining(variable),
  });
  expect(JSON.stringify(body)).not.toContain('hunter2');
});
