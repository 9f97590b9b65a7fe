import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FunctionSpec, JobSpec } from '@chorus/blueprint';
import { pinnedBaseImage, referenceOf } from '@chorus/docker/base-image';
import { DockerImageAsset, type DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { DockerImageCode } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { architectureOf } from './architecture.ts';
import { MissingBundleError } from './errors.ts';
import type { AppOptions, StageOptions } from './options.ts';

/** The options about the functions' images. */
export type ImageOptions = Pick<AppOptions, 'root' | 'bundles' | 'baseImage' | 'imageCache'>;

/** What is bundled: a function, or a job of the same package. */
type Bundled = Pick<FunctionSpec, 'name' | 'source' | 'architecture'>;

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
 * Returns the build context of a function: the folder in its package's `dist` for its processor, which holds its own
 * Dockerfile, since a file outside the context would not count for the image's hash.
 *
 * @throws {MissingBundleError} if there is none, unless bundles are optional, or it is for another processor
 */
function bundleOf(spec: Bundled, { root, bundles = 'required' }: ImageOptions): string {
  const expected = architectureOf(spec);
  const bundle = join(root, spec.source, 'dist', `linux-${expected}`);
  if (!existsSync(join(bundle, 'Dockerfile'))) {
    if (bundles === 'optional') return placeholder;
    throw new MissingBundleError(
      `${spec.name} is not bundled for ${expected}: ${bundle} has no Dockerfile. Run: npx -y pnpm@12 bundle`,
    );
  }
  const actual = processorOf(bundle) ?? expected;
  if (actual !== expected)
    throw new MissingBundleError(
      `${spec.name} is to run on ${expected}, but ${bundle} is for ${actual}. Run: npx -y pnpm@12 bundle`,
    );
  return bundle;
}

/** Returns the asset of an image, that of a package: the same for all that run it. */
function assetOf(spec: Bundled, options: ImageOptions, machine: string): DockerImageAssetProps {
  const { baseImage = referenceOf(pinnedBaseImage()), imageCache = 'none' } = options;
  const architecture = architectureOf(spec);
  // By the package, not by the function: all functions of one package have the same image.
  const name = basename(spec.source);
  const cache = { type: 'gha', params: { scope: `${name}-${architecture}` } };
  const counted = { MODEL: name, BASE_IMAGE: baseImage };
  return {
    directory: bundleOf(spec, options),
    platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    assetName: name,
    buildArgs: { ...counted, COMPILE_CACHE: architecture === machine ? 'filled' : 'empty' },
    extraHash: JSON.stringify(counted),
    // Where layers come from, and what is compiled ahead, says nothing about what is in them.
    invalidation: { outputs: false, buildArgs: false },
    ...(imageCache === 'gha' && {
      cacheFrom: [cache],
      cacheTo: { ...cache, params: { ...cache.params, mode: 'max' } },
      outputs: ['type=docker'],
    }),
  };
}

/**
 * A function's image, that of its package. Its hash is made of the bundle, the base image, which a digest names, and the
 * processor: as long as they are the same it is neither built nor pushed again. Whether V8's compile cache is in it does
 * not count: that depends on the machine that builds, and only on how soon the first answer comes.
 *
 * @param machine the processor that the build's programs can run on
 * @throws {MissingBundleError}
 */
export function functionImage(
  spec: FunctionSpec,
  options: ImageOptions,
  machine: string = process.arch,
): DockerImageCode {
  const { directory, ...asset } = assetOf(spec, options, machine);
  return DockerImageCode.fromImageAsset(directory, asset);
}

/**
 * A job's image: that of the function of the same package, or that of its own `Dockerfile` where its program is not Node's.
 *
 * @throws {MissingBundleError}
 */
export function imageOfJob(
  scope: Construct,
  spec: JobSpec,
  options: ImageOptions,
  stage: Pick<StageOptions, 'architecture'>,
): DockerImageAsset {
  // SageMaker trains on x86.
  const architecture = spec.sageMaker === undefined ? architectureOf({}, stage) : 'x64';
  const id = `Image-${spec.name}`;
  if (spec.command === undefined)
    return new DockerImageAsset(
      scope,
      id,
      assetOf({ ...spec, architecture }, options, process.arch),
    );
  return new DockerImageAsset(scope, id, {
    directory: join(options.root, spec.source),
    platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    assetName: spec.name,
  });
}
