import type { Alias } from './aliases.ts';
import { type FunctionSettings, newRevision } from './functions.ts';
import type { LocalFunction } from './local-function.ts';
import type { SavedFunction } from './parse-saved-functions.ts';
import type { PublishedVersion } from './versions.ts';

/** All that changes of a function, replaced as a whole. */
export interface FunctionState {
  /** `$LATEST` as it was configured last. */
  readonly latest: FunctionSettings;
  readonly versions: readonly PublishedVersion[];
  readonly aliases: ReadonlyMap<string, Alias>;
  /** The highest number that a version was given. */
  readonly published: number;
}

const lastOf = (versions: readonly PublishedVersion[]): number =>
  Number(versions.at(-1)?.version ?? 0);

/** Returns what a function begins with, over what was saved of it. */
export function initialState(spec: LocalFunction, saved: SavedFunction | undefined): FunctionState {
  const { versions = [], aliases = [] } = saved ?? {};
  return {
    latest: {
      environment: { ...spec.environment, ...saved?.environment },
      memoryMb: spec.memoryMb,
      timeoutSeconds: spec.timeoutSeconds,
      description: spec.description ?? '',
      ...newRevision(),
    },
    versions,
    aliases: new Map(aliases.map((alias) => [alias.name, alias])),
    published: saved?.published ?? lastOf(versions),
  };
}

/** Returns what outlives a restart. */
export function savedOf({ latest, versions, aliases, published }: FunctionState): SavedFunction {
  return {
    environment: latest.environment,
    versions,
    aliases: [...aliases.values()],
    ...(lastOf(versions) !== published && { published }),
  };
}
