import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { type Blueprint, imageName, onnxModel, onnxModelSource } from '@chorus/blueprint';
import { region } from '@chorus/emulator-aws';
import { createRegistry, parseManifest } from '@chorus/registry';
import { boston, ordinaryLeastSquares, train } from '@chorus/training';
import { bostonExample, bostonSchema } from '@chorus/training/boston';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Folder, openFolder } from './access/folder.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { processes } from './hosts/processes.ts';
import { publishModels } from './publish-models.ts';

/** Where the functions' packages are, and where the models' weights are: elsewhere, so that nothing is added here. */
const root = resolve(import.meta.dirname, '../../..');
let weights: string;
let directory: string;
let cloud: Cloud;
let folder: Folder;
let lines: string[];

const blueprintOf = (...names: readonly string[]): Blueprint => ({
  functions: names.map((name) => onnxModel(name)),
  workflows: [],
  routes: [],
  buckets: [{ name: 'models', purpose: 'weights' }],
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-added-'));
  weights = await mkdtemp(join(tmpdir(), 'chorus-weights-'));
  lines = [];
});
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
  await rm(weights, { recursive: true, force: true });
});

async function start(blueprint: Blueprint): Promise<void> {
  folder = await openFolder(directory);
  cloud = await startCloud({
    blueprint,
    host: processes({ root, path: '', compileCache: join(tmpdir(), 'node-compile-cache') }),
    folder,
    port: 0,
    report: (line) => lines.push(line),
  });
}

async function stop(): Promise<void> {
  await cloud.close(0);
  folder.release();
}

/** Trains a model and writes it into the folder of `called`. */
async function write(name: string, called = name) {
  const schema = bostonSchema(name);
  const { bytes, manifest } = await train({
    schema,
    dataset: boston,
    trainer: ordinaryLeastSquares,
    options: {},
    seed: 0,
  });
  const target = join(weights, `packages/models/${called}/weights`);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'model.onnx'), bytes);
  const whole = parseManifest({ ...manifest, version: 'v1' });
  await writeFile(join(target, 'manifest.json'), JSON.stringify(whole));
  return { bytes, manifest: whole };
}

/** Publishes as a start does. */
const publish = (blueprint: Blueprint) =>
  publishModels(cloud, blueprint.functions, {
    root: weights,
    versions: {},
    workflows: [],
    report: (line) => lines.push(line),
  });

async function price(functionName: string): Promise<number> {
  const data = Object.values(bostonExample);
  const input = { name: 'features', datatype: 'FP64', shape: [1, data.length], data };
  const payload = Buffer.from(JSON.stringify({ inputs: [input] }));
  const answer = await cloud.lambda.invoke({ functionName, payload });
  const { outputs } = JSON.parse(Buffer.from(answer.payload).toString());
  return outputs[0].data[0];
}

it('models that are files are served by one program, each its own', async () => {
  const blueprint = blueprintOf('rent', 'sale');
  await write('rent');
  await write('sale');
  await start(blueprint);
  expect(await publish(blueprint)).toEqual({ rent: 'v1', sale: 'v1' });
  expect(await publish(blueprint)).toEqual({ rent: 'v1', sale: 'v1' });
  expect(lines).toEqual([
    expect.stringMatching(/^Verified and published rent v1/),
    expect.stringMatching(/^Verified and published sale v1/),
  ]);
  expect(await price('chorus-rent:live')).toBeCloseTo(30.0, 0);
  const { environment } = cloud.lambda.describe('chorus-sale', 'live').settings;
  expect(environment['MODEL_KEY']).toBe('models/sale/v1/model.onnx');
});

it('a model that is added while it runs answers at once, and after a restart that names it', async () => {
  const { bytes, manifest } = await write('late');
  await start(blueprintOf());
  const options = { endpoint: cloud.url, region, credentials: cloud.credentials };
  const s3 = new S3Client(options);
  const lambda = new LambdaClient(options);
  await createRegistry({ client: s3, bucket: 'chorus-models' }).pushVersion(manifest, bytes);
  const FunctionName = 'chorus-late';
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      PackageType: 'Image',
      Code: { ImageUri: imageName(onnxModelSource) },
      Role: 'arn:aws:iam::000000000000:role/chorus-late',
      MemorySize: 512,
      Timeout: 6,
      Environment: {
        Variables: { MODEL_BUCKET: 'chorus-models', MODEL_KEY: 'models/late/v1/model.onnx' },
      },
    }),
  );
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  s3.destroy();
  lambda.destroy();
  const first = await price('chorus-late:live');
  expect(first).toBeCloseTo(30.0, 0);

  await stop();
  await start(blueprintOf('late'));
  expect(await publish(blueprintOf('late'))).toEqual({ late: 'v1' });
  expect(await price('chorus-late:live')).toBe(first);
  expect(lines).toEqual([]);

  await stop();
  await start(blueprintOf());
  expect(lines).toEqual([expect.stringMatching(/^Dropped the function chorus-late: /)]);
  await expect(price('chorus-late:live')).rejects.toThrow('Function not found');
});

it.each([
  ['without a folder', undefined, 'gone has no packages/models/gone/weights/manifest.json'],
  ['of another name', 'other', 'weights/manifest.json is of the model other, not of gone'],
])('a model %s is refused by name', async (_, name, message) => {
  if (name !== undefined) await write(name, 'gone');
  await start(blueprintOf('gone'));
  await expect(publish(blueprintOf('gone'))).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining(message),
  });
});
