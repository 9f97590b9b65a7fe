import type { ModelSchema } from '@chorus/protocol';
import { parseModelKey } from '@chorus/registry/manifest';
import { describeError } from './describe-error.ts';
import { modelLocation } from './env.ts';
import { ConfigurationError, ModelLoadError } from './errors.ts';
import type { LoadedModel } from './loaded-model.ts';
import { type Serving, tensorServing } from './serving.ts';
import { openSession, startOrt } from './session.ts';
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
 * Loads a version for a model's schema: S3 -> verified bytes -> ONNX session -> temporary folder. While the bytes
 * are on their way ONNX Runtime starts; the disk is written when the session is open already.
 * @throws ModelLoadError with its `reason`; nothing is remembered, so it may simply be called again
 */
export async function loadModel(
  schema: ModelSchema,
  location: WeightsLocation,
  retryUntil: number,
  serving: Serving = tensorServing,
): Promise<LoadedModel> {
  const place = addressOf(location);
  const sent = Promise.withResolvers<void>();
  const weightsComing = fetchWeights(location, retryUntil, sent.resolve);
  weightsComing.catch(sent.resolve);
  // Loading ONNX Runtime blocks the thread: not before the request has left.
  await sent.promise;
  const ort = await startOrt();
  const { bytes, manifest, store } = await weightsComing;
  if (manifest.name !== schema.name) {
    throw new ModelLoadError(
      'schema-mismatch',
      `${place} holds the model ${manifest.name}, this function serves ${schema.name}: correct MODEL_KEY`,
    );
  }
  const session = await openSession(ort, bytes, place, serving.sessionOptions);
  serving.checkSignature(session, { schema, manifest, place });
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
