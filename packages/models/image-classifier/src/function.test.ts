/** The whole function: weights and photos from S3, as on Lambda. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import { createModelHandler, type Handler, loadModel, weightsLocation } from '@chorus/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { schema } from './schema.ts';
import { imageServing } from './serving.ts';
import { infer, photosInput } from './testing/ask.ts';

const photo = (name: string) => readFile(new URL(`../photos/${name}`, import.meta.url));
const weights = (name: string) => readFile(new URL(`../weights/${name}`, import.meta.url));

let store: FaultyS3;
let folder: string;
let handle: Handler;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-classifier-'));
  store = await startFaultyS3(['photos']);
  const key = 'models/image-classifier/v1/model.onnx';
  await store.put(`weights/${key}`, await weights('model.onnx'));
  await store.put(
    'weights/models/image-classifier/v1/manifest.json',
    await weights('manifest.json'),
  );
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('AWS_ENDPOINT_URL', store.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', store.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', store.credentials.secretAccessKey);
  vi.stubEnv('MODEL_BUCKET', 'weights');
  vi.stubEnv('MODEL_KEY', key);
  vi.stubEnv('UPLOADS_BUCKET', 'photos');
  handle = createModelHandler({
    schema,
    serving: imageServing,
    async loadModel(until) {
      const model = await loadModel(schema, weightsLocation(), until, imageServing);
      // Lest the folder is removed under its feet.
      await model.stored;
      return model;
    },
  });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
  await rm(folder, { recursive: true });
});

const keysInput = (...keys: string[]) => ({
  ...photosInput([]),
  shape: [keys.length],
  parameters: { content_type: 'key' },
  data: keys,
});

describe('the function', () => {
  it('classifies a photo in base64 and photos that were uploaded', async () => {
    const cat = await photo('cat-chelsea.jpg');
    const inline = await infer(handle, photosInput([cat]));
    expect(inline.parameters?.['chorus_cold_start']).toBe(true);
    expect(inline.outputs[0]?.data).toEqual(['cat']);
    await store.put('photos/uploads/2026-01-31/a.jpg', cat);
    await store.put('photos/uploads/2026-01-31/b.jpg', await photo('cow.jpg'));
    const input = keysInput('uploads/2026-01-31/a.jpg', 'uploads/2026-01-31/b.jpg');
    const { outputs } = await infer(handle, input);
    expect(outputs[0]?.data).toEqual(['cat', 'cow']);
    expect(outputs[2]?.data[0]).toBe(inline.outputs[2]?.data[0]);
  });

  it.each([
    ['no object', 'uploads/2026-01-31/a.jpg', 'NotFoundError'],
    ['a key outside of the uploads', 'uploads/../models/image-classifier', 'InvalidRequestError'],
    ['a photo in base64', '/9j/4AAQSkZJRg==', 'InvalidRequestError'],
  ])('refuses %s as a key', async (_name, key, name) => {
    await expect(infer(handle, keysInput(key))).rejects.toMatchObject({ name });
  });

  it('refuses weights that do not fit their manifest before anyone is answered', async () => {
    const manifest = JSON.parse((await weights('manifest.json')).toString());
    manifest.image.input.width = 100;
    const path = 'weights/models/image-classifier/v1/manifest.json';
    await store.put(path, Buffer.from(JSON.stringify(manifest)));
    const context = { requestId: 'r', deadlineMs: Infinity, functionArn: 'arn', notes: {} };
    await expect(handle({ chorus: 'ready' }, context)).rejects.toMatchObject({
      name: 'ModelLoadError',
      reason: 'schema-mismatch',
      message: expect.stringMatching(/^s3:\/\/weights\/.* does not fit .*100/),
    });
  });
});
