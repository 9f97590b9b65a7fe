import { readFile } from 'node:fs/promises';
import type { InferResponse, Tensor } from '@chorus/protocol';
import { parseManifest } from '@chorus/registry';
import { createModelHandler, type LoadedModel } from '@chorus/runtime';
import * as ort from 'onnxruntime-node';
import { schema } from '../schema.ts';
import { textServing } from '../serving.ts';

const weights = new URL('../../weights/', import.meta.url);

/** Opens the committed weights and checks them as the loader does. */
export async function openModel(): Promise<LoadedModel> {
  const [bytes, json] = await Promise.all([
    readFile(new URL('model.onnx', weights)),
    readFile(new URL('manifest.json', weights)),
  ]);
  const manifest = parseManifest(JSON.parse(json.toString()));
  const session = await ort.InferenceSession.create(bytes, textServing.sessionOptions);
  textServing.checkSignature(session, { schema, manifest, place: 'model.onnx' });
  return { ort, session, manifest, version: manifest.version, stored: Promise.resolve() };
}

/** Sends texts to the function's handler, as it hears them: as JSON. */
export async function infer(
  model: LoadedModel,
  texts: readonly string[],
  changes: Partial<Tensor> = {},
): Promise<InferResponse> {
  const handle = createModelHandler({
    schema,
    serving: textServing,
    loadModel: async () => model,
  });
  const input = { name: 'text', datatype: 'BYTES', shape: [texts.length], data: texts, ...changes };
  const context = { requestId: 'r', deadlineMs: Infinity, functionArn: 'arn', notes: {} };
  return (await handle(JSON.parse(JSON.stringify({ inputs: [input] })), context)) as InferResponse;
}
