import type { Manifest } from '@chorus/registry/manifest';
import type { InferenceSession } from 'onnxruntime-node';
import type { Ort } from './tensors.ts';

/** A model that is ready to answer. */
export interface LoadedModel {
  readonly ort: Ort;
  readonly session: InferenceSession;
  readonly manifest: Manifest;
  /** As in MODEL_KEY, e.g. `v1`. */
  readonly version: string;
  /** Settles when the weights are on disk (or could not be put there); answers do not wait for it. */
  readonly stored: Promise<void>;
}
