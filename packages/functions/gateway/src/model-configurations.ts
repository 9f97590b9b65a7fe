/** How the function of a model is configured, and what the manifest of the version it serves says. */

import { UnavailableError } from '@chorus/protocol';
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
  /**
   * The manifest as it was at most so long ago, for reading requests. @throws UnavailableError
   *
   * @param maxAgeMs default: ten seconds
   */
  recentManifest(model: ServedModel, deadlineMs: number, maxAgeMs?: number): Promise<Manifest>;
  /** The manifest of the version that answered, if it said which; mostly the recent one. @throws UnavailableError */
  manifestOf(
    model: ServedModel,
    version: string | undefined,
    deadlineMs: number,
  ): Promise<Manifest>;
  /** Whether a version of the model is known to take missing values. */
  takesMissing(model: ServedModel): boolean;
}

/** A request read by an older manifest is still checked by the model itself. */
const recentMs = 10_000;

/** Reads through Lambda and S3. */
export function createModelConfigurations(clients: Clients): ModelConfigurations {
  const manifests = new Map<string, Promise<Manifest>>();
  const recent = new Map<string, Recent>();
  const missing = new Set<string>();

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

  async function readRecent(
    model: ServedModel,
    deadlineMs: number,
    maxAgeMs: number,
  ): Promise<Recent> {
    const last = recent.get(model.functionName);
    if (last !== undefined && Date.now() - last.readMs < maxAgeMs) {
      return last;
    }
    const configuration = await read(model, deadlineMs);
    const found = await manifest(model, configuration, deadlineMs);
    if (found.schema.inputs.some((input) => input.missing)) {
      missing.add(model.name);
    }
    const now = { manifest: found, configuration, readMs: Date.now() };
    recent.set(model.functionName, now);
    return now;
  }

  async function manifestOf(
    model: ServedModel,
    version: string | undefined,
    deadlineMs: number,
  ): Promise<Manifest> {
    const last = await readRecent(model, deadlineMs, recentMs);
    const { name } = last.manifest;
    return version === undefined || last.manifest.version === version
      ? last.manifest
      : manifest(
          model,
          { ...last.configuration, version, manifestKey: manifestKey(name, version) },
          deadlineMs,
        );
  }

  return {
    read,
    manifest,
    manifestOf,
    recentManifest: async (model, deadlineMs, maxAgeMs = recentMs) =>
      (await readRecent(model, deadlineMs, maxAgeMs)).manifest,
    takesMissing: ({ name }) => missing.has(name),
  };
}

/** The manifest that was live when it was read, in epoch milliseconds. */
interface Recent {
  readonly manifest: Manifest;
  readonly configuration: ModelConfiguration;
  readonly readMs: number;
}

/** Returns a model's name as messages have it. */
export function whatOf({ name }: ServedModel): string {
  return `model ${JSON.stringify(name)}`;
}
