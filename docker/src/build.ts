import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pinnedBaseImage, referenceOf } from './base-image.ts';
import type { Engine } from './engine.ts';
import type { BuildSettings } from './env.ts';
import { BuildError } from './errors.ts';
import { nativeFolder } from './onnx-runtime.ts';
import { bundleFolder, ociPlatform, type Platform, parsePlatform } from './platform.ts';
import { runProgram } from './run-program.ts';

/** An image in the engine's store. */
export interface Image {
  /** `chorus-svr:local` */
  readonly tag: string;
  /** `sha256:...`, the image's configuration. */
  readonly id: string;
  readonly platform: Platform;
  readonly builder: string;
}

/** Returns the local tag of a function's image: `chorus-svr:local`. */
export function imageTag(functionName: string): string {
  return `chorus-${functionName}:local`;
}

async function readJson(file: string, whenMissing: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new BuildError(whenMissing, { cause });
  }
}

/**
 * Returns the engine's options for one image; a processor that it cannot run gets no compile cache.
 *
 * @throws {BuildError} if the engine would run a program of that processor all the same
 */
function optionsOf(
  engine: Engine,
  settings: BuildSettings,
  platform: Platform,
  name: string,
): readonly string[] {
  const oci = ociPlatform(platform);
  const isForeign = oci !== `linux/${engine.architecture}`;
  if (isForeign && engine.builder === 'legacy builder')
    throw new BuildError(
      `Docker's legacy builder runs every stage of the Dockerfile, and ${engine.architecture} runs no programs of ${platform}: install Docker's buildx component, or Buildah`,
    );
  const baseImage = settings.baseImage ?? referenceOf(pinnedBaseImage());
  const buildArguments = {
    MODEL: name,
    BASE_IMAGE: baseImage,
    RUNTIME_IMAGE: settings.runtimeImage,
    // Said even where it is the default: Buildah finds a stage's name only in what it is told.
    COMPILE_CACHE: isForeign ? 'empty' : 'filled',
  };
  return [
    ...engine.options,
    ...(isForeign ? ['--platform', oci] : []),
    ...Object.entries(buildArguments).flatMap(([key, value]) =>
      value === undefined ? [] : ['--build-arg', `${key}=${value}`],
    ),
  ];
}

/**
 * Builds the image of a bundled function and tags it `chorus-<name>:local`. What was built is said in
 * `.chorus/image.json` of the package too.
 *
 * @param source the package's folder, absolute, with the bundle in `dist`
 * @param platform which of its bundles to take
 * @throws {BuildError} when there is no such bundle, or the engine fails; its output is shown
 */
export async function buildImage(
  source: string,
  platform: Platform,
  engine: Engine,
  settings: BuildSettings,
): Promise<Image> {
  const context = bundleFolder(source, platform);
  const described = await readJson(join(source, 'package.json'), `${source} is no package`);
  const name = String(described['name']).replace(/^@[^/]*\//, '');
  const bundled = await readJson(
    join(context, nativeFolder, 'platform.json'),
    `${context} is not there: bundle the function first (\`pnpm bundle\`)`,
  );
  if (parsePlatform(String(bundled['platform'])) !== platform)
    throw new BuildError(
      `${context} is for ${bundled['platform']}, the image shall be for ${platform}: bundle again`,
    );

  const notes = join(source, '.chorus');
  const idFile = join(notes, 'image-id');
  const imageFile = join(notes, 'image.json');
  await mkdir(notes, { recursive: true });
  await rm(imageFile, { force: true });
  const tag = imageTag(name);
  const options = optionsOf(engine, settings, platform, name);
  const { code } = await runProgram(
    engine.command,
    ['build', ...options, '--tag', tag, '--iidfile', idFile, context],
    { variables: engine.variables, isShown: true },
  );
  if (code !== 0)
    throw new BuildError(
      `${engine.command} (${engine.builder}) could not build ${tag}; its last lines say why`,
    );
  const image: Image = {
    tag,
    id: (await readFile(idFile, 'utf8')).trim(),
    platform,
    builder: `${engine.name}, ${engine.builder}`,
  };
  await writeFile(imageFile, `${JSON.stringify(image, undefined, 2)}\n`);
  return image;
}
