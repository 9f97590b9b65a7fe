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

/** A post of the function: the path after `/2018-06-01/runtime/`, and the parsed body. */
interface Post {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** Starts `main.ts` against a Lambda Runtime API that has one event; resolves with what it posts first. */
function run(event: unknown, environment: Record<string, string>): Promise<Post> {
  const posted = Promise.withResolvers<Post>();
  let pending: unknown = event;
  const api = createServer(async (request, response) => {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (request.method === 'GET') {
      // The second `next` waits, as on Lambda.
      if (pending !== undefined) {
        response.writeHead(200, {
          'lambda-runtime-aws-request-id': 'i-1',
          'lambda-runtime-deadline-ms': Date.now() + 28_000,
        });
        response.end(JSON.stringify(pending));
        pending = undefined;
      }
      return;
    }
    const body = (await request.toArray()).join('');
    response.writeHead(202).end('{}');
    posted.resolve({ path, body: JSON.parse(body) });
  });
  server = api;
  api.listen(0, '127.0.0.1', () => {
    const { port } = api.address() as AddressInfo;
    child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
      env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, ...environment },
      stdio: 'ignore',
    });
    child.on('error', posted.reject);
    child.on('exit', (code) => posted.reject(new Error(`main.ts ended with ${code}`)));
  });
  return posted.promise;
}

it('the entry point serves what its environment names', async () => {
  const { path, body } = await run(
    { path: '/v2/models', httpMethod: 'GET' },
    {
      MODEL_FUNCTIONS: '{"svr":"chorus-svr"}',
      WORKFLOW_ARNS: '{"house-price":"arn:aws:states:us-east-1:000000000000:stateMachine:x"}',
    },
  );
  expect(path).toBe('invocation/i-1/response');
  expect(body).toMatchObject({ statusCode: 200, body: '{"models":["house-price","svr"]}' });
});

it('the entry point describes the routes of what is deployed, which may be a part of the service', async () => {
  const described = async (...workflows: readonly string[]) => {
    const arns = workflows.map((name) => [name, `arn:aws:states:us-east-1:0:stateMachine:${name}`]);
    const { body } = await run(
      { path: '/openapi.json', httpMethod: 'GET' },
      { WORKFLOW_ARNS: JSON.stringify(Object.fromEntries(arns)) },
    );
    return Object.keys(JSON.parse(String(body['body'])).paths);
  };
  const part = await described('house-price');
  expect(part).toContain('/predict/house-price');
  expect(part).not.toContain('/predict/animal');
  expect(part).not.toContain('/uploads');
  const whole = await described('house-price', 'animal');
  expect(whole).toEqual(expect.arrayContaining([...part, '/predict/animal', '/uploads']));
});

it('the entry point fails its init phase on an environment it cannot use', async () => {
  const { path, body } = await run({}, { WORKFLOW_ARNS: '{"lost":"arn"}' });
  expect(path).toBe('init/error');
  expect(body).toMatchObject({ errorType: 'ConfigurationError' });
});
