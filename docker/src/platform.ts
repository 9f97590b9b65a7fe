import { join } from 'node:path';
import { BundleError } from './errors.ts';

/** The platform of a function; Lambda has these two. */
export type Platform = 'linux/x64' | 'linux/arm64';

const names: Readonly<Record<string, Platform>> = {
  'linux/x64': 'linux/x64',
  'linux/amd64': 'linux/x64',
  'linux/arm64': 'linux/arm64',
};

/**
 * Reads a platform, by Node's or by Docker's name of the processor.
 *
 * @throws {BundleError} for any other
 */
export function parsePlatform(text: string): Platform {
  const platform = names[text];
  if (platform === undefined)
    throw new BundleError(`The platform ${text} is none of Lambda's: linux/x64 or linux/arm64.`);
  return platform;
}

/** Returns the platform's name in OCI images and Docker's options. */
export function ociPlatform(platform: Platform): 'linux/amd64' | 'linux/arm64' {
  return platform === 'linux/x64' ? 'linux/amd64' : platform;
}

/** Returns the folder of a package's bundle for a platform. Each has its own, so that none is taken for the other. */
export function bundleFolder(source: string, platform: Platform): string {
  return join(source, 'dist', platform.replace('/', '-'));
}
