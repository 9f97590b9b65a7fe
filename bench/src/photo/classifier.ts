import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imageServing, schema } from '@chorus/image-classifier';
import { parseManifest } from '@chorus/registry/manifest';
import { createModelHandler, type LoadedModel } from '@chorus/runtime';
import * as ort from 'onnxruntime-node';

/** Folder of the package. */
export const folder: string = dirname(
  dirname(fileURLToPath(import.meta.resolve('@chorus/image-classifier'))),
);

/** The shipped weights, opened as the function opens them. */
export async function openClassifier(): Promise<LoadedModel> {
  const bytes = await readFile(join(folder, 'weights/model.onnx'));
  const manifest = parseManifest(
    JSON.parse(await readFile(join(folder, 'weights/manifest.json'), 'utf8')),
  );
  const session = await ort.InferenceSession.create(bytes, imageServing.sessionOptions);
  return { ort, session, manifest, version: manifest.version, stored: Promise.resolve() };
}

/** The function's handler, asked about one photo in base64. */
export function askAbout(photo: Buffer, loaded: LoadedModel): () => Promise<unknown> {
  const handler = createModelHandler({
    schema,
    serving: imageServing,
    loadModel: async () => loaded,
  });
  const data = [photo.toString('base64')];
  const parameters = { content_type: 'base64' };
  const event = { inputs: [{ name: 'image', datatype: 'BYTES', shape: [1], parameters, data }] };
  return () =>
    handler(event, {
      requestId: 'photo',
      deadlineMs: Number.POSITIVE_INFINITY,
      functionArn: '',
      notes: {},
    });
}
