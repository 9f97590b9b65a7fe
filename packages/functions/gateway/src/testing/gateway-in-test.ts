import { type Client, createClient } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import type { ProxyResult } from '@chorus/runtime/proxy-event';
import { vi } from 'vitest';
import type { GatewaySettings } from '../env.ts';
import { createGateway } from '../gateway.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';
import { animalArn, deploy, workflowArn } from './fake-models.ts';
import { modelNames, testService, workflow } from './test-service.ts';

/** One HTTP request to the gateway. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value that is not bytes goes as JSON. */
  readonly body?: unknown;
  /** Time that Lambda leaves the gateway, in milliseconds. @default 28000 */
  readonly lambdaMs?: number;
}

/** Its answer, with the body decoded from base64 but not decompressed. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly isBase64Encoded: boolean;
  /** The body's JSON. */
  json(): Record<string, unknown>;
  /** The gateway's notes for its log line. */
  readonly notes: Record<string, string | number | boolean>;
}

/** A gateway with real SDK clients over a fake AWS. */
export interface GatewayInTest {
  readonly aws: FakeAws;
  readonly handler: Handler;
  readonly client: Client;
  ask(ask: Ask): Promise<Told>;
  close(): Promise<void>;
}

/** The event that a REST API with `*∕*` among its binary media types makes of a request. */
function proxyEvent({ method = 'GET', path, query, headers = {}, body }: Ask): unknown {
  const bytes =
    body === undefined
      ? undefined
      : body instanceof Uint8Array
        ? Buffer.from(body)
        : Buffer.from(JSON.stringify(body));
  return {
    resource: '/v2/{proxy+}',
    path,
    httpMethod: method,
    headers,
    queryStringParameters: query ?? null,
    requestContext: { requestId: 'gateway-7' },
    body: bytes?.toString('base64') ?? null,
    isBase64Encoded: bytes !== undefined,
  };
}

export async function askHandler(handler: Handler, ask: Ask): Promise<Told> {
  const notes: Told['notes'] = {};
  const context = {
    requestId: 'lambda-3',
    deadlineMs: Date.now() + (ask.lambdaMs ?? 28_000),
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:chorus-gateway',
    notes,
  };
  const result = (await handler(proxyEvent(ask), context)) as ProxyResult;
  const body = Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8');
  return {
    status: result.statusCode,
    headers: result.headers,
    body,
    isBase64Encoded: result.isBase64Encoded,
    json: () => JSON.parse(body.toString()),
    notes,
  };
}

/** `fetch` that goes straight into the handler. */
function fetchOf(handler: Handler): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const told = await askHandler(handler, {
      method: request.method,
      path: pathname,
      headers: Object.fromEntries(request.headers),
      ...(body.length === 0 ? {} : { body }),
    });
    return new Response(new Uint8Array(told.body), { status: told.status, headers: told.headers });
  };
}

/** The settings of a deployed gateway. */
export const settings: GatewaySettings = {
  modelFunctions: Object.fromEntries(modelNames.map((name) => [name, `chorus-${name}:live`])),
  workflowArns: { [workflow.name]: workflowArn },
};

/** The same with photos. */
export const photoSettings: GatewaySettings = {
  ...settings,
  workflowArns: { animal: animalArn },
  uploadsBucket: 'chorus-uploads',
};

/** Starts a fake AWS with everything deployed, and a gateway that uses it. */
export async function startGateway(deployed: GatewaySettings = settings): Promise<GatewayInTest> {
  const aws = await startFakeAws();
  deploy(aws);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  const handler = createGateway(deployed, testService);
  return {
    aws,
    handler,
    client: createClient({ url: 'http://gateway', fetch: fetchOf(handler) }),
    ask: (ask) => askHandler(handler, ask),
    async close() {
      vi.unstubAllEnvs();
      await aws.close();
    },
  };
}

/** A house that every model accepts, in column order. */
export const house: readonly number[] = [
  0.00632, 18, 2.31, 0, 0.538, 6.575, 65.2, 4.09, 1, 296, 15.3, 396.9, 4.98,
];

/** Returns a request for houses. */
export function housesRequest(
  rows: readonly (readonly number[])[] = [house],
  more: object = {},
): { readonly inputs: readonly object[] } & Record<string, unknown> {
  const data = rows.flat();
  return {
    inputs: [{ name: 'features', datatype: 'FP64', shape: [rows.length, 13], data }],
    ...more,
  };
}
