import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundle } from './bundle.ts';
import { BundleError } from './errors.ts';
import { parsePlatform } from './platform.ts';
import { smallPackage } from './testing/small-package.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
const modules = (name: string) =>
  resolve(import.meta.dirname, '../../packages', name, 'node_modules');
const platform = parsePlatform(`linux/${process.arch}`);
const suffix = platform.replace('/', '-');

/** Runs a bundle where there are no packages and no environment. @returns what it printed */
const start = async ({ folder: root }: Bundle): Promise<string> =>
  (await run(process.execPath, [join(root, 'app/main.mjs')], { env: {}, cwd: folder })).stdout;

describe('a function that imports sharp', () => {
  let bundled: Bundle;
  beforeAll(async () => {
    const code = `
      import sharp from 'sharp';
      const red = { create: { width: 8, height: 6, channels: 3, background: 'red' } } as const;
      for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
        const photo = await sharp(red).toFormat(format).toBuffer();
        const { data, info } = await sharp(photo).resize(4, 3).raw().toBuffer({ resolveWithObject: true });
        console.log(format, info.width, info.height, data[0] > 240, data[1] < 15);
      }`;
    const source = smallPackage(join(folder, 'photo'), {
      code,
      dependencies: { sharp: join(modules('photo'), 'sharp') },
    });
    bundled = await bundle(source, platform);
  });

  it('has its library and libvips, in the folders in which the first looks for the second', () => {
    const native = join(bundled.folder, 'native');
    const files = readdirSync(native, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(native.length + 1));
    expect(files.toSorted()).toEqual([
      'platform.json',
      expect.stringMatching(`^sharp-libvips-${suffix}/lib/libvips-cpp\\.so\\.[\\d.]+$`),
      `sharp-${suffix}/lib/sharp.node`,
    ]);
    const library = readFileSync(join(native, `sharp-${suffix}/lib/sharp.node`), 'latin1');
    expect(library).toContain(`$ORIGIN/../../sharp-libvips-${suffix}/lib`);
  });

  it('decodes and encodes what it lies there with, and no packages around', async () => {
    const formats = ['jpeg', 'png', 'webp', 'avif', 'tiff'];
    const lines = formats.map((format) => `${format} 4 3 true true\n`);
    expect(await start(bundled)).toBe(lines.join(''));
  });
});

describe('sharp', () => {
  /** Another sharp, which is bundled for this machine's platform. */
  async function bundleWith(name: string, loader: string): Promise<Bundle> {
    const sharp = join(folder, name, 'sharp');
    mkdirSync(join(sharp, 'dist'), { recursive: true });
    writeFileSync(join(sharp, 'package.json'), '{"name":"sharp","exports":"./dist/sharp.mjs"}');
    writeFileSync(join(sharp, 'dist/sharp.mjs'), loader);
    const source = join(folder, name, 'function');
    const code = `import sharp from 'sharp'; console.log(sharp);`;
    return bundle(smallPackage(source, { code, dependencies: { sharp } }), platform);
  }

  it('that knows no library for the platform is refused', async () => {
    const loader = `
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      export default [require("@img/sharp-linux-x64/sharp.node"), require("@img/sharp-linux-arm64/sharp.node")];`;
    const bundling = bundleWith('uninstalled', loader);
    await expect(bundling).rejects.toThrow(BundleError);
    await expect(bundling).rejects.toThrow(`knows no @img/sharp-${suffix}`);
  });

  it('that loads its library in a way unknown here is refused, not bundled without it', async () => {
    const bundling = bundleWith('unknown', `export default 'no library';`);
    await expect(bundling).rejects.toThrow('adapt libraryRequire in docker/src/sharp.ts');
  });
});

describe('packages with optional parts', () => {
  it('bundle without them: pg without pg-native, and iovalkey, h3-js', async () => {
    const code = `
      import { latLngToCell } from 'h3-js';
      import { Redis } from 'iovalkey';
      import { Pool } from 'pg';
      const client = new Redis({ port: 1, lazyConnect: true, retryStrategy: () => null });
      client.on('error', () => {});
      const refused = await Promise.allSettled([new Pool({ host: '127.0.0.1', port: 1 }).query('select 1'), client.connect()]);
      console.log(latLngToCell(-1.29, 36.8, 3), refused.map(({ status }) => status).join(' '));`;
    const from = modules('functions/features');
    const dependencies = Object.fromEntries(
      ['h3-js', 'iovalkey', 'pg'].map((name) => [name, join(from, name)]),
    );
    const source = smallPackage(join(folder, 'features'), { code, dependencies });
    const bundled = await bundle(source, platform);
    expect(await start(bundled)).toBe('837a6efffffffff rejected rejected\n');
    expect(readdirSync(join(bundled.folder, 'native'))).toEqual(['platform.json']);
  });

  it("bundle whole where nothing is optional: the AWS SDK's presigner", async () => {
    const code = `
      import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
      import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
      const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
      const client = new S3Client({ region: 'us-east-1', credentials });
      const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'b', Key: 'k' }));
      console.log(new URL(url).searchParams.get('X-Amz-Algorithm'));`;
    const from = join(modules('functions/uploads'), '@aws-sdk');
    const dependencies = Object.fromEntries(
      ['client-s3', 's3-request-presigner'].map((name) => [`@aws-sdk/${name}`, join(from, name)]),
    );
    const source = smallPackage(join(folder, 'uploads'), { code, dependencies });
    expect(await start(await bundle(source, platform))).toBe('AWS4-HMAC-SHA256\n');
  });
});
