import type { ModelSchema } from '@chorus/protocol';
import { parseModelKey } from '@chorus/registry/manifest';
import { describeError } from './describe-error.ts';
import { modelLocation } from './env.ts';
import { ConfigurationError, ModelLoadError } from './errors.ts';
import type { LoadedModel } from './loaded-model.ts';
import { type Serving, servingOf } from './serving.ts';
import { openSession, sessionOptionsOf, startOrt } from './session.ts';
import { addressOf, fetchWeights, type WeightsLocation } from './weights.ts';

/** Loads a model; failing attempts are repeated until `retryUntil` (epoch milliseconds). */
export type LoadModel = (retryUntil: number) => Promise<LoadedModel>;

/**
 * MODEL_BUCKET, MODEL_KEY and MODEL_SHA256, complete and well-formed.
 * @throws ConfigurationError naming the variable
 */
export function weightsLocation(): WeightsLocation {
  const { bucket, key, sha256 } = modelLocation();
  if (bucket === undefined || key === undefined) {
    const missing = bucket === undefined ? 'MODEL_BUCKET' : 'MODEL_KEY';
    throw new ConfigurationError(`${missing} is not set: it says where the weights are`);
  }
  try {
    return { bucket, key, sha256, ...parseModelKey(key) };
  } catch (error) {
    throw new ConfigurationError(`MODEL_KEY: ${describeError(error).errorMessage}`, {
      cause: error,
    });
  }
}

/**
 * Loads a version for a model's schema, or for that of its own manifest: S3 -> verified bytes -> ONNX session -> temporary folder. While the bytes
 * are on their way ONNX Runtime starts; the disk is written when the session is open already.
 * @throws ModelLoadError with its `reason`; nothing is remembered, so it may simply be called again
 */
export async function loadModel(
  schema: ModelSchema | undefined,
  location: WeightsLocation,
  retryUntil: number,
  serving: Serving = servingOf(schema),
): Promise<LoadedModel> {
  const place = addressOf(location);
  const sent = Promise.withResolvers<void>();
  const weightsComing = fetchWeights(location, retryUntil, sent.resolve);
  weightsComing.catch(sent.resolve);
  // Loading ONNX Runtime blocks the thread: not before the request has left.
  await sent.promise;
  const ort = await startOrt();
  const { bytes, manifest, store } = await weightsComing;
  const name = schema?.name ?? location.name;
  if (manifest.name !== name) {
    throw new ModelLoadError(
      'schema-mismatch',
      `${place} holds the model ${manifest.name}, this function serves ${name}: correct MODEL_KEY`,
    );
  }
  const options = sessionOptionsOf(manifest, serving.sessionOptions);
  const session = await openSession(ort, bytes, place, options);
  serving.checkSignature(session, { schema: schema ?? manifest.schema, manifest, place });
  return { ort, session, manifest, version: location.version, stored: store() };
}

/**
 * Makes a load happen once: calls at the same time share it, success is kept for good, failure is not.
 */
export function keepLoaded(load: LoadModel): LoadModel {
  let loading: Promise<LoadedModel> | undefined;
  return (retryUntil) => {
    loading ??= load(retryUntil).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
