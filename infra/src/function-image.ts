import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FunctionSpec } from '@chorus/blueprint';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { DockerImageCode } from 'aws-cdk-lib/aws-lambda';
import { MissingBundleError } from './errors.ts';
import type { AppOptions } from './options.ts';

/** The options about the functions' images. */
export type ImageOptions = Pick<AppOptions, 'root' | 'bundles' | 'baseImage' | 'imageCache'>;

/** Stands in for a bundle that is missing; its Dockerfile fails and says why. */
const placeholder = join(import.meta.dirname, '../placeholder');

/** The processor a bundle was made for, as the bundler noted it; undefined when it did not. */
function processorOf(bundle: string): string | undefined {
  const note = join(bundle, 'native/platform.json');
  if (!existsSync(note)) return undefined;
  const { platform }: { platform?: string } = JSON.parse(readFileSync(note, 'utf8'));
  return platform?.replace(/^linux\//, '');
}

/**
 * Returns the build context of a function: the `dist` folder of its package, which holds its own Dockerfile, since a
 * file outside the context would not count for the image's hash.
 *
 * @throws {MissingBundleError} if there is none, unless bundles are optional, or it is for another processor
 */
function bundleOf(spec: FunctionSpec, { root, bundles = 'required' }: ImageOptions): string {
  const bundle = join(root, spec.source, 'dist');
  if (!existsSync(join(bundle, 'Dockerfile'))) {
    if (bundles === 'optional') return placeholder;
    throw new MissingBundleError(
      `${spec.name} is not bundled: ${bundle} has no Dockerfile. Run: npx -y pnpm@12 bundle`,
    );
  }
  const expected = spec.architecture ?? 'x64';
  const actual = processorOf(bundle) ?? expected;
  if (actual !== expected)
    throw new MissingBundleError(
      `${spec.name} is to run on ${expected}, but ${bundle} is for ${actual}. Bundle it again for linux/${expected}`,
    );
  return bundle;
}

/**
 * A function's image, that of its package. Its hash is that of the bundle: an unchanged bundle is neither built nor pushed again.
 *
 * @throws {MissingBundleError}
 */
export function functionImage(spec: FunctionSpec, options: ImageOptions): DockerImageCode {
  const { baseImage, imageCache = 'none' } = options;
  // By the package, not by the function: all functions of one package have the same image.
  const name = basename(spec.source);
  const cache = { type: 'gha', params: { scope: name } };
  return DockerImageCode.fromImageAsset(bundleOf(spec, options), {
    platform: spec.architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    assetName: name,
    buildArgs: { MODEL: name, ...(baseImage !== undefined && { BASE_IMAGE: baseImage }) },
    // Where layers come from says nothing about what is in them.
    invalidation: { outputs: false },
    ...(imageCache === 'gha' && {
      cacheFrom: [cache],
      cacheTo: { ...cache, params: { ...cache.params, mode: 'max' } },
      outputs: ['type=docker'],
    }),
  });
}
