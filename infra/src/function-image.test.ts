import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSpec } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { App, Stack } from 'aws-cdk-lib';
import { Architecture, DockerImageFunction } from 'aws-cdk-lib/aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleTasks } from './architecture.ts';
import { functionImage, type ImageOptions } from './function-image.ts';
import { bundledRoot, cleanUp } from './testing/assembly.ts';

afterAll(cleanUp);

const digest = (letter: string) => `node:24-bookworm-slim@sha256:${letter.repeat(64)}`;

interface Asset {
  readonly source: {
    readonly directory: string;
    readonly platform: string;
    readonly dockerBuildArgs: Readonly<Record<string, string>>;
  };
  readonly destinations: Readonly<Record<string, { readonly imageTag: string }>>;
}

/** Returns the image asset of a function in an assembly, with its hash. */
function assetOf(
  options: Partial<ImageOptions>,
  architecture: FunctionSpec['architecture'] = undefined,
  machine?: string,
) {
  const found = blueprint.functions.find(({ name }) => name === 'svr');
  if (found === undefined) throw new Error('the service has no svr');
  const spec = { ...found, ...(architecture !== undefined && { architecture }) };
  const root = bundledRoot({ svr: 'code' }, undefined, { functions: [spec] });
  const app = new App({ outdir: join(root, 'cdk.out') });
  const stack = new Stack(app, 'Images');
  new DockerImageFunction(stack, 'svr', {
    code: functionImage(spec, { root, ...options }, machine),
    architecture: Architecture.ARM_64,
  });
  const { directory } = app.synth();
  const { dockerImages }: { dockerImages: Record<string, Asset> } = JSON.parse(
    readFileSync(join(directory, 'Images.assets.json'), 'utf8'),
  );
  const [[hash, asset] = []] = Object.entries(dockerImages);
  if (hash === undefined || asset === undefined) throw new Error('no image in the assembly');
  return { hash, ...asset.source };
}

describe("a function's image", () => {
  it('is for arm64 unless the function says otherwise', () => {
    expect(assetOf({})).toMatchObject({ platform: 'linux/arm64' });
    expect(assetOf({}, 'x64')).toMatchObject({ platform: 'linux/amd64' });
    expect(assetOf({}).hash).not.toBe(assetOf({}, 'x64').hash);
  });

  it('runs a program while it is built only where the machine has its processor', () => {
    const cacheOn = (machine: string, architecture?: FunctionSpec['architecture']) =>
      assetOf({}, architecture, machine).dockerBuildArgs['COMPILE_CACHE'];
    expect(cacheOn('x64')).toBe('empty');
    expect(cacheOn('arm64')).toBe('filled');
    expect(cacheOn('x64', 'x64')).toBe('filled');
    expect(cacheOn('arm64', 'x64')).toBe('empty');
  });

  it('has the same hash wherever it is assembled, so that a laptop and CI replace nothing of each other', () => {
    expect(assetOf({}, 'arm64', 'arm64').hash).toBe(assetOf({}, 'arm64', 'x64').hash);
    const cached = assetOf({ imageCache: 'gha' });
    expect(cached.hash).toBe(assetOf({}).hash);
  });

  it('ships a patched base with an unchanged bundle: the digest of the base counts', () => {
    expect(assetOf({ baseImage: digest('a') }).hash).toBe(assetOf({ baseImage: digest('a') }).hash);
    expect(assetOf({ baseImage: digest('a') }).hash).not.toBe(
      assetOf({ baseImage: digest('b') }).hash,
    );
  });

  it('is built on the base that the repository names by its digest', () => {
    expect(assetOf({}).dockerBuildArgs['BASE_IMAGE']).toMatch(/^[\w./:-]+@sha256:[0-9a-f]{64}$/);
  });
});

describe('the bundles of a deployment', () => {
  it('can be made of every function, for either processor', () => {
    const root = join(import.meta.dirname, '../..');
    for (const { source } of blueprint.functions) {
      const { scripts }: { scripts: Record<string, string> } = JSON.parse(
        readFileSync(join(root, source, 'package.json'), 'utf8'),
      );
      expect(scripts, source).toMatchObject({
        'bundle:arm64': 'chorus-docker bundle --platform linux/arm64',
        'bundle:x64': 'chorus-docker bundle --platform linux/x64',
      });
      // A task of one name for both would leave files of either in one folder.
      expect(scripts, source).not.toHaveProperty('bundle');
    }
  });

  it.each([
    [[{}], [{}], ['bundle', 'bundle:arm64']],
    [[{}], [{ architecture: 'x64' }], ['bundle', 'bundle:x64']],
    [[{}], [{}, { architecture: 'x64' }], ['bundle', 'bundle:arm64', 'bundle:x64']],
    [[{ architecture: 'x64' }], [{}], ['bundle', 'bundle:x64']],
    [[{ architecture: 'x64' }, {}], [{}], ['bundle', 'bundle:arm64', 'bundle:x64']],
  ] as const)('of functions %j in stages %j are %j', (functions, stages, tasks) => {
    expect(bundleTasks(functions, stages)).toEqual(tasks);
  });
});
