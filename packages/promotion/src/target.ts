import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RegistryLocation } from '@chorus/registry/s3';
import type { Example } from './example.ts';

/** A model's function and where its versions are: what promotions, swaps and rollbacks are about. */
export interface PromotionTarget {
  readonly lambda: LambdaClient;
  /** Weights and manifests, and beside them `locks/` and `promotions/`. */
  readonly registry: RegistryLocation;
  readonly model: string;
  /** The function's name: `chorus-random-forest`. */
  readonly functionName: string;
  /** The alias that callers invoke: `live`. */
  readonly alias: string;
  /** The requests that its versions must answer before they are live; may be none. */
  readonly examples: readonly Example[];
  /**
   * Whether the lock of a process ends with it. Environments of Lambda have the same host names and numbers of processes, so there
   * it ends a minute after its holder was last heard of.
   *
   * @default true
   */
  readonly endsWithProcess?: boolean;
}

/** A version of the model, and the version of the function that serves it. */
export interface ServedVersion {
  /** `v7` */
  readonly version: string;
  /** `12` */
  readonly functionVersion: string;
}

/** `v7 (function version 12)` */
export function nameOf({ version, functionVersion }: ServedVersion): string {
  return `${version} (function version ${functionVersion})`;
}
