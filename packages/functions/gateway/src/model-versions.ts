/** Which versions of a model can be asked for by name, and which version of its function serves each. */

import { NotFoundError } from '@chorus/protocol';
import { ModelKeyError, parseModelKey, versionNumber } from '@chorus/registry/manifest';
import type { Clients } from './clients.ts';
import { callAws } from './failures.ts';
import type { PublishedFunction } from './lambda.ts';
import { type ModelConfigurations, whatOf } from './model-configurations.ts';
import type { ServedModel } from './served.ts';

export interface ModelVersions {
  /**
   * The model with that version of its function that serves a version of it: `chorus-svr:3`. Asks Lambda only for a
   * version not seen before.
   *
   * @param version undefined: the model as it is, which is what its alias makes live.
   * @throws NotFoundError naming the versions that are published, and the live one; UnavailableError.
   */
  find(model: ServedModel, version: string | undefined, deadlineMs: number): Promise<ServedModel>;
  /** The versions that are published now, ascending. @throws UnavailableError */
  list(model: ServedModel, deadlineMs: number): Promise<readonly string[]>;
  /** Has the next `find` ask Lambda: what the last one gave is not there any more. */
  forget(model: ServedModel): void;
}

/** Version of the model -> version of the function. */
type FunctionVersions = ReadonlyMap<string, string>;

/** Reads through Lambda. */
export function createModelVersions(
  clients: Clients,
  configurations: ModelConfigurations,
): ModelVersions {
  // Kept, since a published version of a function never changes; one that is missing is always looked up.
  const known = new Map<string, FunctionVersions>();

  async function read(model: ServedModel, deadlineMs: number): Promise<FunctionVersions> {
    const lambda = await clients.lambda();
    const published = await callAws(whatOf(model), deadlineMs, (signal) =>
      lambda.listPublished(model.unqualifiedName, signal),
    );
    const versions = newestOfEach(published);
    known.set(model.name, versions);
    return versions;
  }

  async function find(
    model: ServedModel,
    version: string | undefined,
    deadlineMs: number,
  ): Promise<ServedModel> {
    if (version === undefined) {
      return model;
    }
    const seen = known.get(model.name)?.get(version);
    const versions = seen === undefined ? await read(model, deadlineMs) : undefined;
    const functionVersion = seen ?? versions?.get(version);
    if (functionVersion !== undefined) {
      return { ...model, functionName: `${model.unqualifiedName}:${functionVersion}` };
    }
    const live = await configurations.read(model, deadlineMs);
    if (live.version === version) {
      // MODEL_FUNCTIONS names no alias but the function itself: what is live is not published.
      return model;
    }
    const names = ascending(versions?.keys() ?? []).map((name) => JSON.stringify(name));
    throw new NotFoundError(
      `${whatOf(model)} has no published version ${JSON.stringify(version)}; published: ${names.join(', ') || 'none'}; live is ${JSON.stringify(live.version)}`,
    );
  }

  return {
    find,
    list: async (model, deadlineMs) => ascending((await read(model, deadlineMs)).keys()),
    forget: ({ name }) => known.delete(name),
  };
}

/** `v2` before `v10`. */
export function ascending(versions: Iterable<string>): readonly string[] {
  return [...versions].sort((one, other) => versionNumber(one) - versionNumber(other));
}

/** Returns, of a function's versions that serve the same version of the model, the newest. */
function newestOfEach(published: readonly PublishedFunction[]): FunctionVersions {
  const oldestFirst = published.toSorted(
    (one, other) => Number(one.functionVersion) - Number(other.functionVersion),
  );
  return new Map(
    oldestFirst.flatMap(({ functionVersion, environment }) => {
      const version = modelVersionOf(environment['MODEL_KEY'] ?? '');
      return version === undefined ? [] : [[version, functionVersion]];
    }),
  );
}

/** Undefined when the key names no weights: published before there were any, it serves no version. */
function modelVersionOf(key: string): string | undefined {
  try {
    return parseModelKey(key).version;
  } catch (error) {
    if (error instanceof ModelKeyError) {
      return undefined;
    }
    throw error;
  }
}
