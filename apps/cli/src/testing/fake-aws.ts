import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { startS3 } from '@chorus/emulator-s3/testing';
import { bostonSchema } from '@chorus/training/boston';
import { answerLambda, type FakeFunction, fakeFunction } from './fake-lambda.ts';
import { priceWeights } from './price-weights.ts';

const Bucket = 'chorus-models';

/** Objects of the bucket of models, by key. */
interface Objects {
  get(key: string): Promise<Buffer | undefined>;
  set(key: string, content: string | Buffer): Promise<void>;
  delete(key: string): Promise<void>;
}

/** The S3 emulator, and on the same endpoint a Lambda and an HTTP API that a test can make to fail, with their state in reach. */
export interface FakeAws {
  readonly url: string;
  readonly objects: Objects;
  /** By physical name. */
  readonly functions: Map<string, FakeFunction>;
  /** Outputs of the stacks that are deployed, by the stack's name. */
  readonly stacks: Map<string, Readonly<Record<string, string>>>;
  /** API keys by id. */
  readonly keys: Map<string, string>;
  /** The answer to `/predict/...`, and to whatever else is asked of the HTTP API. */
  predict: (
    body: unknown,
    path: string,
    headers: IncomingHttpHeaders,
  ) => { readonly status: number; readonly body: unknown };
  /** The answer to PUTs to presigned URLs. */
  upload: { readonly status: number; readonly text: string };
  /** Emulators of other services, by the name in a request's signature. */
  readonly services: Map<string, (request: IncomingMessage, response: ServerResponse) => unknown>;
  /** The bytes PUT to presigned URLs, by path, with their content type. */
  readonly uploads: Map<string, { readonly type: string | undefined; readonly body: Buffer }>;
  /** Puts a version into the registry. @returns the SHA-256 of its weights */
  addVersion(model: string, version: string, rmse?: number): Promise<string>;
  close(): Promise<void>;
}

/** Whether a request is signed for a service. */
const isFor = ({ headers }: IncomingMessage, service: string) =>
  (headers.authorization ?? '').includes(`/${service}/aws4_request`);

/** Answers CloudFormation's DescribeStacks. */
function describeStack(stacks: FakeAws['stacks'], body: Buffer, response: ServerResponse): void {
  const name = new URLSearchParams(body.toString()).get('StackName') ?? '';
  const outputs = stacks.get(name);
  response.setHeader('content-type', 'text/xml');
  if (outputs === undefined) {
    const error = `<Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message>`;
    response.writeHead(400).end(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`);
    return;
  }
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stack = `<member><StackName>${name}</StackName><Outputs>${members.join('')}</Outputs></member>`;
  response.end(
    `<DescribeStacksResponse><DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}

/** Answers API Gateway's GetApiKey. */
function tellKey(keys: FakeAws['keys'], { url }: IncomingMessage, response: ServerResponse): void {
  const [, id = ''] = /^\/apikeys\/(\w+)\?includeValue=true$/.exec(url ?? '') ?? [];
  response.setHeader('content-type', 'application/json');
  const value = keys.get(id);
  response.writeHead(value === undefined ? 404 : 200);
  response.end(JSON.stringify(value === undefined ? { message: 'no such key' } : { id, value }));
}

/** Starts the fake with the three models of the blueprint, each with a live v1. */
export async function startFakeAws(): Promise<FakeAws> {
  const s3 = await startS3();
  await s3.service.createBucket(Bucket);
  const objects: Objects = {
    async get(Key) {
      try {
        const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async set(Key, Body) {
      await s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    async delete(Key) {
      await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
  const functions = new Map<string, FakeFunction>();
  const uploads: FakeAws['uploads'] = new Map();
  const stacks: FakeAws['stacks'] = new Map();
  const keys: FakeAws['keys'] = new Map();
  const services: FakeAws['services'] = new Map();
  const server = createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    if (isFor(request, 's3')) return s3.handle(request, response);
    const handle = [...services].find(([service]) => isFor(request, service))?.[1];
    if (handle !== undefined) return handle(request, response);
    const body = await buffer(request);
    if (isFor(request, 'cloudformation')) return describeStack(stacks, body, response);
    if (isFor(request, 'apigateway')) return tellKey(keys, request, response);
    if (isFor(request, 'lambda')) {
      await answerLambda(functions, request, body, response);
    } else if (request.method === 'PUT') {
      uploads.set(request.url ?? '', { type: request.headers['content-type'], body });
      response.writeHead(fake.upload.status).end(fake.upload.text);
    } else {
      const sent = body.byteLength === 0 ? undefined : JSON.parse(body.toString());
      const answer = fake.predict(sent, request.url ?? '', request.headers);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeAws = {
    url: `http://127.0.0.1:${port}`,
    objects,
    functions,
    stacks,
    keys,
    services,
    uploads,
    upload: { status: 200, text: '' },
    predict: () => ({ status: 404, body: { error: 'nothing here' } }),
    async addVersion(model, version, rmse) {
      const weights = priceWeights(`${model} ${version}`);
      const manifest = describe(model, version, weights, rmse);
      await objects.set(`models/${model}/${version}/model.onnx`, weights);
      await objects.set(
        `models/${model}/${version}/manifest.json`,
        Buffer.from(JSON.stringify(manifest)),
      );
      return manifest.file.sha256;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await s3.remove();
    },
  };
  for (const model of ['linear-regression', 'random-forest', 'svr']) {
    await fake.addVersion(model, 'v1', 3.5);
    functions.set(
      `chorus-${model}`,
      fakeFunction({ MODEL_BUCKET: 'chorus-models', MODEL_KEY: `models/${model}/v1/model.onnx` }),
    );
  }
  return fake;
}

function describe(model: string, version: string, weights: Buffer, rmse: number | undefined) {
  const sha256 = createHash('sha256').update(weights).digest('hex');
  const training = rmse !== undefined && {
    training: {
      dataset: { name: 'boston', rows: 506, sha256 },
      trainer: 'random-forest',
      options: { trees: 100 },
      seed: 0,
      split: { trainRows: 404, testRows: 102 },
      metrics: { rmse, r2: 0.9 },
      parity: 0,
      reference: [],
    },
  };
  return {
    format: 1,
    name: model,
    version,
    file: { name: 'model.onnx', bytes: weights.byteLength, sha256 },
    schema: bostonSchema(model),
    ...training,
  };
}
