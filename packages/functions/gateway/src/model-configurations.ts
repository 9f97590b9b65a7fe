/** How the function of a model is configured, and what the manifest of the version it serves says. */

import { type ModelSchema, UnavailableError } from '@chorus/protocol';
import {
  type Manifest,
  manifestKey,
  parseManifest,
  parseModelKey,
} from '@chorus/registry/manifest';
import type { Clients } from './clients.ts';
import { callAws } from './failures.ts';
import type { ServedModel } from './served.ts';

/** A model's function, or the version of it that is asked for, as it is configured now. */
interface ModelConfiguration {
  readonly bucket: string;
  readonly manifestKey: string;
  readonly version: string;
  /** Why it takes no invocations; undefined when it does. */
  readonly notReady: string | undefined;
}

export interface ModelConfigurations {
  /** The configuration as it is now. @throws UnavailableError when it cannot be read or names no weights. */
  read(model: ServedModel, deadlineMs: number): Promise<ModelConfiguration>;
  /** The manifest of a version; read once, since versions never change. @throws UnavailableError */
  manifest(
    model: ServedModel,
    configuration: ModelConfiguration,
    deadlineMs: number,
  ): Promise<Manifest>;
  /** The schema as it was at most ten seconds ago, for reading requests. @throws UnavailableError */
  recentSchema(model: ServedModel, deadlineMs: number): Promise<ModelSchema>;
}

/** A request read with an older schema is still checked by the model itself. */
const recentMs = 10_000;

/** Reads through Lambda and S3. */
export function createModelConfigurations(clients: Clients): ModelConfigurations {
  const manifests = new Map<string, Promise<Manifest>>();
  const recent = new Map<string, { readonly schema: ModelSchema; readonly readMs: number }>();

  async function read(model: ServedModel, deadlineMs: number): Promise<ModelConfiguration> {
    const lambda = await clients.lambda();
    const { state, stateReason, environment } = await callAws(whatOf(model), deadlineMs, (signal) =>
      lambda.readConfiguration(model.functionName, signal),
    );
    const bucket = environment['MODEL_BUCKET'] ?? '';
    const key = environment['MODEL_KEY'] ?? '';
    try {
      const { name, version } = parseModelKey(key);
      const reason = stateReason === undefined ? '' : `: ${stateReason}`;
      return {
        bucket,
        manifestKey: manifestKey(name, version),
        version,
        notReady: state === 'Active' ? undefined : `its function is ${state}${reason}`,
      };
    } catch (cause) {
      throw new UnavailableError(
        `${whatOf(model)} has no live version: MODEL_KEY of its function names no weights`,
        { cause },
      );
    }
  }

  async function readManifest(
    model: ServedModel,
    { bucket, manifestKey: key, version }: ModelConfiguration,
    deadlineMs: number,
  ): Promise<Manifest> {
    const store = await clients.objectStore();
    const what = `the manifest of ${whatOf(model)}, version ${version},`;
    const text = await callAws(what, deadlineMs, (signal) => store.read(bucket, key, signal));
    try {
      return parseManifest(JSON.parse(text));
    } catch (cause) {
      throw new UnavailableError(`${what} is damaged; push the version again under a new number`, {
        cause,
      });
    }
  }

  function manifest(
    model: ServedModel,
    configuration: ModelConfiguration,
    deadlineMs: number,
  ): Promise<Manifest> {
    const address = `${configuration.bucket}/${configuration.manifestKey}`;
    const known = manifests.get(address);
    if (known !== undefined) {
      return known;
    }
    const reading = readManifest(model, configuration, deadlineMs).catch((error: unknown) => {
      manifests.delete(address);
      throw error;
    });
    manifests.set(address, reading);
    return reading;
  }

  async function recentSchema(model: ServedModel, deadlineMs: number): Promise<ModelSchema> {
    const last = recent.get(model.functionName);
    if (last !== undefined && Date.now() - last.readMs < recentMs) {
      return last.schema;
    }
    const { schema } = await manifest(model, await read(model, deadlineMs), deadlineMs);
    recent.set(model.functionName, { schema, readMs: Date.now() });
    return schema;
  }

  return { read, manifest, recentSchema };
}

/** Returns a model's name as messages have it. */
export function whatOf({ name }: ServedModel): string {
  return `model ${JSON.stringify(name)}`;
}
