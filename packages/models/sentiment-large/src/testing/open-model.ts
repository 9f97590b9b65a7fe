import { readFile } from 'node:fs/promises';
import type { InferRequest, InferResponse } from '@chorus/protocol';
import { type Manifest, parseManifest } from '@chorus/registry';
import { createModelHandler, type LoadedModel } from '@chorus/runtime';
import * as ort from 'onnxruntime-node';
import { schema } from '../schema.ts';
import { textServing } from '../serving.ts';

const packageFolder = new URL('../../', import.meta.url);

/** Reads a file of the package. */
export function fileOf(path: string): Promise<Buffer> {
  return readFile(new URL(path, packageFolder));
}

/** Reads the manifest of the real weights. */
export async function readManifest(): Promise<Manifest> {
  return parseManifest(JSON.parse((await fileOf('weights/manifest.json')).toString()));
}

/** Opens a small stand-in for MiniLM with the real tail, which is joined to it as to the real one. */
export async function openStandIn(): Promise<LoadedModel> {
  const bytes = Buffer.concat([
    await fileOf('fixtures/stand-in.onnx'),
    await fileOf('weights/tail.onnx'),
  ]);
  const manifest = await readManifest();
  const session = await ort.InferenceSession.create(bytes, textServing.sessionOptions);
  textServing.checkSignature(session, { schema, manifest, place: 'stand-in.onnx' });
  return { ort, session, manifest, version: manifest.version, stored: Promise.resolve() };
}

/** Sends a request to the function's handler, as it hears it: as JSON. */
export async function infer(
  model: LoadedModel,
  request: Pick<InferRequest, 'inputs'>,
): Promise<InferResponse> {
  const handle = createModelHandler({
    schema,
    serving: textServing,
    loadModel: async () => model,
  });
  const context = { requestId: 'r', deadlineMs: Infinity, functionArn: 'arn', notes: {} };
  return (await handle(JSON.parse(JSON.stringify(request)), context)) as InferResponse;
}
