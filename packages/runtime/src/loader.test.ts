import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError, ModelLoadError } from './errors.ts';
import type { LoadedModel } from './loaded-model.ts';
import { keepLoaded, loadModel, weightsLocation } from './loader.ts';
import { type Serving, tensorServing } from './serving.ts';
import { stubVariables } from './testing/stub-variables.ts';
import { linearModel } from './testing/tiny-onnx.ts';
import { manifestOf, pushToy, toyKey, toySchema, toyWeights } from './testing/toy-model.ts';

let s3: FaultyS3;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-runtime-'));
  s3 = await startFaultyS3();
  await pushToy(s3);
  stubVariables(s3, folder, toyKey());
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await s3.close();
  await rm(folder, { recursive: true });
});

const file = () => join(folder, 'chorus', 'weights', toyKey());

/** Loads, and waits until the disk is settled too. */
async function load(): Promise<LoadedModel> {
  const model = await loadModel(toySchema, weightsLocation(), Date.now() + 5_000);
  await model.stored;
  return model;
}

async function predict({ ort, session }: LoadedModel): Promise<unknown> {
  const features = new ort.Tensor('float64', [6, 1], [1, 2]);
  return (await session.run({ features }))['price']?.data;
}

/** Log lines, instead of on stdout. */
function catchLog(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  return lines;
}

describe('loading', () => {
  it('fetches manifest and weights, verifies them and opens a session', async () => {
    const model = await load();
    expect(await predict(model)).toEqual(Float64Array.of(19));
    expect(model.version).toBe('v1');
    expect(model.manifest).toEqual(manifestOf(toyWeights));
    expect(s3.requests.toSorted()).toEqual([
      'GET /weights/models/toy/v1/manifest.json',
      'GET /weights/models/toy/v1/model.onnx',
    ]);
  });

  it('keeps the weights on disk, and nothing half-written', async () => {
    await load();
    expect(await readFile(file())).toEqual(toyWeights);
    expect(await readdir(dirname(file()))).toEqual(['model.onnx']);
  });

  it('takes weights that an earlier process left on disk, after checking them', async () => {
    await load();
    s3.requests.length = 0;
    expect(await predict(await load())).toEqual(Float64Array.of(19));
    expect(s3.requests).toEqual(['GET /weights/models/toy/v1/manifest.json']);
  });

  it('replaces weights on disk that are damaged', async () => {
    const log = catchLog();
    await mkdir(dirname(file()), { recursive: true });
    await writeFile(file(), toyWeights.subarray(0, 100));
    expect(await predict(await load())).toEqual(Float64Array.of(19));
    expect(await readFile(file())).toEqual(toyWeights);
    expect(log.join()).toContain('weights on disk not used');
  });

  it('answers from memory when the disk cannot be written, and says so', async () => {
    const log = catchLog();
    const full = join(folder, 'a-file');
    await writeFile(full, '');
    vi.stubEnv('TMPDIR', full);
    expect(await predict(await load())).toEqual(Float64Array.of(19));
    expect(log.join()).toMatch(/"level":"WARN".*weights not kept on disk.*ENOTDIR/);
  });

  it('lets a package compare the graph with its manifest, and open it in its own way', async () => {
    const checkSignature = vi.fn<Serving['checkSignature']>(() => {
      throw new ModelLoadError('schema-mismatch', 'too small');
    });
    const sessionOptions = { graphOptimizationLevel: 'all' } as const;
    const serving = { ...tensorServing, checkSignature, sessionOptions };
    const loading = loadModel(toySchema, weightsLocation(), 0, serving);
    await expect(loading).rejects.toMatchObject({ reason: 'schema-mismatch' });
    const [session, check] = checkSignature.mock.lastCall ?? [];
    expect(session?.inputMetadata[0]?.name).toBe('features');
    expect(check).toEqual({
      schema: toySchema,
      manifest: manifestOf(toyWeights),
      place: 's3://weights/models/toy/v1/model.onnx',
    });
    const wrong = { ...tensorServing, sessionOptions: { graphOptimizationLevel: 'some' as 'all' } };
    const refused = loadModel(toySchema, weightsLocation(), 0, wrong);
    await expect(refused).rejects.toThrow(/unsupported graph optimization level|some/i);
  });

  it('recovers when S3 fails for a while', async () => {
    const trouble = { status: 500 };
    s3.troubles.push(trouble, trouble, trouble, trouble);
    expect(await predict(await load())).toEqual(Float64Array.of(19));
  });
});

describe('weights are not loaded', () => {
  it.each([
    [
      'wrong-size',
      'when they were cut',
      () => s3.put(`weights/${toyKey()}`, toyWeights.subarray(0, 100)),
      `has 100 bytes, its manifest says ${toyWeights.byteLength}`,
    ],
    [
      'checksum-mismatch',
      'when they were replaced',
      () => pushToy(s3, linearModel([2, -3], 11), manifestOf(toyWeights)),
      'it was damaged or replaced; push it as a new version',
    ],
    [
      'checksum-mismatch',
      'when MODEL_SHA256 asks for others',
      () => vi.stubEnv('MODEL_SHA256', '0'.repeat(64)),
      'correct MODEL_SHA256 or MODEL_KEY',
    ],
    [
      'not-onnx',
      'when they are no ONNX',
      () => pushToy(s3, Buffer.from('<html>')),
      'ONNX Runtime cannot open s3://weights/models/toy/v1/model.onnx',
    ],
    [
      'schema-mismatch',
      'when the graph takes another table',
      () => pushToy(s3, linearModel([1, 2, 3], 4)),
      'input features float64 [-1,2] is features float64 [batch,3]',
    ],
    [
      'schema-mismatch',
      'when they are another model’s',
      () => {
        const schema = { ...toySchema, name: 'svr' };
        return pushToy(s3, toyWeights, { ...manifestOf(toyWeights), name: 'svr', schema });
      },
      'holds the model svr, this function serves toy',
    ],
    [
      'bad-manifest',
      'when the manifest is none',
      () => pushToy(s3, toyWeights, { format: 7 }),
      's3://weights/models/toy/v1/manifest.json is no manifest',
    ],
    [
      'missing-key',
      'when the manifest is missing',
      () => s3.remove('weights/models/toy/v1/manifest.json'),
      's3://weights/models/toy/v1/manifest.json does not exist',
    ],
    [
      'missing-key',
      'when the version is missing',
      () => vi.stubEnv('MODEL_KEY', toyKey('v2')),
      's3://weights/models/toy/v2/model.onnx does not exist: push this version, or correct MODEL_KEY',
    ],
    [
      'missing-bucket',
      'when the bucket is missing',
      () => vi.stubEnv('MODEL_BUCKET', 'wrong'),
      'the bucket wrong does not exist',
    ],
  ] as const)('(%s) %s', async (reason, _name, spoil, message) => {
    await spoil();
    const thrown = await load().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ModelLoadError);
    expect(thrown).toMatchObject({
      name: 'ModelLoadError',
      reason,
      message: expect.stringContaining(message),
    });
  });

  it('when S3 is away for longer than there is time', async () => {
    await s3.shut();
    const loading = loadModel(toySchema, weightsLocation(), Date.now() + 100);
    await expect(loading).rejects.toMatchObject({ reason: 'unreachable' });
    await s3.open();
    expect(await predict(await load())).toEqual(Float64Array.of(19));
  });
});

describe('the environment of a model', () => {
  it.each(['MODEL_BUCKET', 'MODEL_KEY'])('needs %s', (name) => {
    vi.stubEnv(name, '');
    expect(weightsLocation).toThrow(ConfigurationError);
    expect(weightsLocation).toThrow(`${name} is not set`);
  });

  it('needs a key of the registry’s form', () => {
    vi.stubEnv('MODEL_KEY', 'toy.onnx');
    expect(weightsLocation).toThrow('MODEL_KEY: "toy.onnx" is not the key of a model');
  });
});

describe('a kept model', () => {
  it('is loaded once, however many ask at the same time', async () => {
    const once = vi.fn(() => loadModel(toySchema, weightsLocation(), 0));
    const keep = keepLoaded(once);
    const [first, second] = await Promise.all([keep(0), keep(0)]);
    expect(first).toBe(second);
    expect(await keep(0)).toBe(first);
    expect(once).toHaveBeenCalledTimes(1);
    await first.stored;
  });

  it('is tried again after a failure', async () => {
    await s3.shut();
    const keep = keepLoaded((until) => loadModel(toySchema, weightsLocation(), until));
    await expect(keep(0)).rejects.toMatchObject({ reason: 'unreachable' });
    await s3.open();
    const model = await keep(0);
    expect(await predict(model)).toEqual(Float64Array.of(19));
    await model.stored;
  });
});
