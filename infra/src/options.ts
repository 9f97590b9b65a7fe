import type { Blueprint, StageSpec } from '@chorus/blueprint';
import type { Pins } from './pins.ts';

/** The callers that the API accepts, see `StageSpec`. */
export type ApiAccess = NonNullable<StageSpec['access']>;

/** One deployment of the service: the options of its stage, and what is live in it. */
export interface StageOptions extends StageSpec {
  /** `production`, `staging`; the id of the stage in the assembly. All physical names follow from it. */
  readonly name: string;
  /** By function. Without any, nothing is live yet. */
  readonly pins: Pins;
  /** Commit that is deployed; an output of the Serving stack. @default 'unknown' */
  readonly commit?: string;
  /** When a preview ends, in ISO 8601; a tag of its stacks. */
  readonly expires?: string | undefined;
}

/** Returns a stage's options without what is live in it. */
export function specIn(options: StageOptions): StageSpec {
  const { name: _name, pins: _pins, commit: _commit, expires: _expires, ...spec } = options;
  return spec;
}

/** The app to deploy. */
export interface AppOptions {
  readonly blueprint: Blueprint;
  /** The repository's root, absolute. */
  readonly root: string;
  readonly stages: readonly StageOptions[];
  /** `optional` puts something that cannot be built in the place of a missing bundle. @default 'required' */
  readonly bundles?: 'required' | 'optional';
  /** Image with Node 24 that the functions are built on. @default the Dockerfile's own */
  readonly baseImage?: string | undefined;
  /** Layers are kept in the cache of GitHub Actions. @default 'none' */
  readonly imageCache?: 'none' | 'gha';
}

/**
 * Tells whether what a stage keeps is protected from being deleted. Until something of it answers there is nothing to lose,
 * and what cannot be deleted would keep a stack whose creation failed from being made again.
 */
export function isProtected({
  pins,
  keepsData = true,
}: Pick<StageOptions, 'pins' | 'keepsData'>): boolean {
  return keepsData && Object.values(pins).some(({ live }) => live !== undefined);
}
