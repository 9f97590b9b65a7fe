import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bostonSchema } from '@chorus/training/boston';
import { answerLambda, type FakeFunction, fakeFunction } from './fake-lambda.ts';
import { answerS3 } from './fake-s3.ts';

/** One endpoint that answers as S3, as Lambda and as the HTTP API, with its state in reach. */
export interface FakeAws {
  readonly url: string;
  /** Objects of the one bucket, by key. */
  readonly objects: Map<string, Buffer>;
  /** By physical name. */
  readonly functions: Map<string, FakeFunction>;
  /** What `/predict/...` answers. */
  predict: (
    body: unknown,
    path: string,
    headers: IncomingHttpHeaders,
  ) => { readonly status: number; readonly body: unknown };
  /** What was PUT to presigned URLs, by path, with its content type. */
  readonly uploads: Map<string, { readonly type: string | undefined; readonly body: Buffer }>;
  /** Puts a version into the registry. @returns the SHA-256 of its weights */
  addVersion(model: string, version: string, rmse?: number): string;
  close(): Promise<void>;
}

/** Starts the fake with the three models of the blueprint, each with a live v1. */
export async function startFakeAws(): Promise<FakeAws> {
  const objects = new Map<string, Buffer>();
  const functions = new Map<string, FakeFunction>();
  const uploads: FakeAws['uploads'] = new Map();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if ((request.headers.authorization ?? '').includes('/s3/')) {
      answerS3(objects, request, body, response);
    } else if ((request.headers.authorization ?? '').includes('/lambda/')) {
      answerLambda(functions, request, body, response);
    } else if (request.method === 'PUT') {
      uploads.set(request.url ?? '', { type: request.headers['content-type'], body });
      response.end();
    } else {
      const answer = fake.predict(JSON.parse(body.toString()), request.url ?? '', request.headers);
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
    uploads,
    predict: () => ({ status: 404, body: { error: 'nothing here' } }),
    addVersion(model, version, rmse) {
      const weights = Buffer.from(`${model} ${version}`);
      const manifest = describe(model, version, weights, rmse);
      objects.set(`models/${model}/${version}/model.onnx`, weights);
      objects.set(
        `models/${model}/${version}/manifest.json`,
        Buffer.from(JSON.stringify(manifest)),
      );
      return manifest.file.sha256;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  for (const model of ['linear-regression', 'random-forest', 'svr']) {
    fake.addVersion(model, 'v1', 3.5);
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
