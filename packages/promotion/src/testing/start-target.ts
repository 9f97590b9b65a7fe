import { hash } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { startLambda, type TestLambda } from '@chorus/emulator-lambda/testing';
import { type RunningS3, startS3 } from '@chorus/emulator-s3/testing';
import { createRegistry, type Manifest } from '@chorus/registry';
import type { PromotionTarget } from '../target.ts';
import { type Behaviour, runToy } from './toy-function.ts';

const functionName = 'chorus-toy';

/** A model `toy` whose function has no version yet, in a local Lambda and a local S3. */
export interface TestTarget extends PromotionTarget {
  readonly s3: RunningS3;
  readonly service: TestLambda['service'];
  /** Pushes a version, which answers as told. @returns its manifest */
  push(version: string, behaviour?: Behaviour, more?: Partial<Manifest>): Promise<Manifest>;
  /** Has a version behave in another way from its next event on. */
  behave(version: string, behaviour: Behaviour): void;
  /** Does something at each call of an operation: `meet('UpdateAliasCommand', …)`; `send` makes the call. */
  meet(command: string, action: (send: () => Promise<unknown>) => unknown): void;
  /** The alias: its versions and its description. */
  live(): ReturnType<ReturnType<TestLambda['service']['find']>['alias']>;
  /** The model's key in the environment of `$LATEST`. */
  latestKey(): string | undefined;
  remove(): Promise<void>;
}

/** Returns the manifest of a version of the toy. */
export function toyManifest(version: string, more: Partial<Manifest> = {}): Manifest {
  const weights = Buffer.from(version);
  const column = { description: '', minimum: 0, maximum: 10 };
  return {
    format: 1,
    name: 'toy',
    version,
    file: { name: 'model.onnx', bytes: weights.byteLength, sha256: hash('sha256', weights) },
    schema: {
      name: 'toy',
      inputs: [
        {
          name: 'features',
          datatype: 'FP64',
          shape: [-1, 2],
          columns: [
            { name: 'a', ...column },
            { name: 'b', ...column },
          ],
        },
      ],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
      maxBatch: 10,
    },
    ...more,
  };
}

/** How a version was trained, so far as a promotion looks at it. */
export function trainedWith(rmse: number): Partial<Manifest> {
  return {
    training: {
      dataset: { name: 'toys', rows: 10, sha256: '0'.repeat(64) },
      trainer: 'by hand',
      options: {},
      seed: 1,
      split: { trainRows: 8, testRows: 2 },
      metrics: { rmse, r2: 0.5 },
      parity: 0,
      reference: [],
    },
  };
}

/** Starts both services; the function's processes start with their first events. */
export async function startTarget(sleep?: () => Promise<unknown>): Promise<TestTarget> {
  const s3 = await startS3();
  const behaviours = new Map<string, Behaviour>();
  const emulator = await startLambda({
    functions: [
      {
        name: functionName,
        program: ({ environment }) => {
          const { AWS_LAMBDA_RUNTIME_API: runtimeApi = '', MODEL_KEY: key = '' } = environment;
          const [, , version = ''] = key.split('/');
          const behaviour = (): Behaviour => behaviours.get(version) ?? {};
          // It ends with the connection, when the worker or the emulator does.
          runToy({ runtimeApi, version, behaviour }).catch(() => {});
          return {
            command: 'tail',
            arguments: ['-f', '/dev/null'],
            environment: { PATH: '/usr/bin:/bin' },
          };
        },
        memoryMb: 128,
        timeoutSeconds: 60,
        concurrency: 2,
        environment: { MODEL_BUCKET: 'box' },
      },
    ],
    ...(sleep !== undefined && { sleep }),
  });
  const lambda = new LambdaClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  const { service } = emulator;
  const registry = { client: s3.client, bucket: 'box' };

  return {
    lambda,
    registry,
    model: 'toy',
    functionName,
    alias: 'live',
    examples: [{ row: { a: 1, b: 2 } }],
    s3,
    service,
    behave: (version, behaviour) => void behaviours.set(version, behaviour),
    async push(version, behaviour = {}, more = {}) {
      behaviours.set(version, behaviour);
      const manifest = toyManifest(version, more);
      await createRegistry(registry).pushVersion(manifest, Buffer.from(version));
      return manifest;
    },
    meet(command, action) {
      lambda.middlewareStack.add(
        (next, { commandName }) =>
          async (input) => {
            if (commandName !== command) return next(input);
            let output: Awaited<ReturnType<typeof next>> | undefined;
            await action(async () => {
              output = await next(input);
            });
            return output ?? next(input);
          },
        { step: 'initialize' },
      );
    },
    live: () => service.find(functionName).alias('live'),
    latestKey: () => service.describe(functionName).settings.environment['MODEL_KEY'],
    async remove() {
      lambda.destroy();
      await emulator.remove();
      await s3.remove();
    },
  };
}
