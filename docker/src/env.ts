/** The only file of this package that touches `process.env`. */

import { type Platform, parsePlatform } from './platform.ts';

/** The settings of the images' build. */
export interface BuildSettings {
  /** Image with Node that both stages start from. @default the one of `docker/base-image.json` */
  readonly baseImage: string | undefined;
  /** Image of the last stage where it is not `baseImage`; of the same Node release. */
  readonly runtimeImage: string | undefined;
}

/** Reads BASE_IMAGE and RUNTIME_IMAGE. */
export function buildSettings(): BuildSettings {
  return {
    baseImage: process.env['BASE_IMAGE'] || undefined,
    runtimeImage: process.env['RUNTIME_IMAGE'] || undefined,
  };
}

/** The platform to build for: CHORUS_PLATFORM, else Linux on this machine's processor. */
export function targetPlatform(): Platform {
  return parsePlatform(process.env['CHORUS_PLATFORM'] || `linux/${process.arch}`);
}

/** Returns the folders of PATH, in order. */
export function searchPath(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/** Returns the environment for a program that this package starts; DOCKER_HOST and its like travel in it. */
export function environmentWith(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...variables };
}
