import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import { parseManifest } from '@chorus/registry/manifest';
import { type Recipe, type TrainedModel, train } from '@chorus/training';
import { InferenceSession } from 'onnxruntime-node';
import { MeasurementError } from './errors.ts';
import { subject, values } from './subject.ts';

/** The models of the workflow that is measured, by name. */
export type Models = ReadonlyMap<string, TrainedModel>;

const root = resolve(import.meta.dirname, '../..');

/** Trains every model by its recipe, or reads its weights: the bytes are those that `pnpm start` publishes. */
export async function trainModels(): Promise<Models> {
  const models = new Map<string, TrainedModel>();
  for (const spec of subject.functions) models.set(spec.name, await trainedModel(spec));
  return models;
}

async function trainedModel({ source, weights }: FunctionSpec): Promise<TrainedModel> {
  if (weights !== undefined) {
    const manifest = await readFile(join(root, weights, 'manifest.json'), 'utf8');
    const bytes = await readFile(join(root, weights, 'model.onnx'));
    return { bytes, manifest: parseManifest(JSON.parse(manifest)) };
  }
  const { recipe }: { recipe: Recipe } = await import(
    pathToFileURL(join(root, source, 'src/recipe.ts')).href
  );
  return train(recipe);
}

/** Returns the model with the most bytes of weights, on which the targets are. */
export function largestOf(models: Models): string {
  const [largest] = [...models].toSorted(([, a], [, b]) => b.bytes.length - a.bytes.length);
  if (!largest) throw new MeasurementError(`${subject.name} has no models`);
  return largest[0];
}

/** Returns the example row as an Open Inference Protocol request: the event of each model's function. */
export function oneRowEvent(models: Models): string {
  const [first] = models.values();
  const inputs = (first?.manifest.schema.inputs ?? []).map(({ name, datatype }) => ({
    name,
    datatype,
    shape: [1, values.length],
    data: values,
  }));
  return JSON.stringify({ inputs });
}

/** A trained model as a session on one thread, as in a function. */
export function openSession({ bytes }: TrainedModel): Promise<InferenceSession> {
  return InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
}
