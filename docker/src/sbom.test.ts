import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseBaseImage } from './base-image.ts';
import { type Bundle, bundle } from './bundle.ts';
import { partsOf } from './components.ts';
import { BundleError } from './errors.ts';
import { licenceTable } from './licence-table.ts';
import { acceptLicence } from './licences.ts';
import { type ImageContent, sbomOf } from './sbom.ts';
import { smallPackage } from './testing/small-package.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const packages = resolve(import.meta.dirname, '../../packages');
const folder = temporaryFolder();
const platform = process.arch === 'arm64' ? 'linux/arm64' : 'linux/x64';
const digest = `sha256:${'0a'.repeat(32)}`;

let bundled: Bundle;
let content: ImageContent;
beforeAll(async () => {
  bundled = await bundle(join(packages, 'models/image-classifier'), platform, join(folder, 'app'));
  const base = parseBaseImage(`node:24-bookworm-slim@${digest}`);
  content = { name: 'image-classifier', platform, base, parts: bundled.parts };
});

describe('the bill of materials of an image', () => {
  it('is valid by the schema of CycloneDX', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(sbomOf(content))).toBeNull();
    const wrong = sbomOf(content).replace('"type": "library"', '"type": "shelf"');
    expect(await validator.validate(wrong)).not.toBeNull();
  });

  it('names each package whose modules are in the bundle, and no other', () => {
    const { components }: { components: { name: string }[] } = JSON.parse(sbomOf(content));
    const names = bundled.chunks
      .flatMap(({ modules }) => modules)
      .flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []);
    expect(new Set(names).size).toBeGreaterThan(10);
    const listed = components.map(({ name }) => name);
    expect(listed).toEqual(expect.arrayContaining([...new Set(names)]));
    const own = listed.filter((name) => name.startsWith('@chorus/'));
    const suffix = platform.replace('/', '-');
    const besides = [
      'rolldown',
      'node:24-bookworm-slim',
      `@img/sharp-${suffix}`,
      `@img/sharp-libvips-${suffix}`,
    ];
    expect(own).toEqual(expect.arrayContaining(['@chorus/image-classifier', '@chorus/runtime']));
    const explained = new Set([...names, ...own, ...besides]);
    expect(listed.filter((name) => !explained.has(name))).toEqual([]);
  });

  it('names the native libraries, those inside libvips, and the base by its digest', () => {
    const { components }: { components: Record<string, unknown>[] } = JSON.parse(sbomOf(content));
    const named = (name: string) => components.find((each) => each['name'] === name);
    expect(named('onnxruntime-node')).toMatchObject({
      licenses: [{ license: { id: 'MIT' } }],
      purl: expect.stringMatching(/^pkg:npm\/onnxruntime-node@\d/),
    });
    const vips = named(`@img/sharp-libvips-${platform.replace('/', '-')}`);
    expect(vips).toMatchObject({
      purl: expect.stringMatching(/^pkg:npm\/%40img\/sharp-libvips-linux-\w+@\d/),
      components: expect.arrayContaining([
        expect.objectContaining({ name: 'vips', version: expect.stringMatching(/^8\./) }),
        expect.objectContaining({ name: 'heif' }),
        expect.objectContaining({
          name: 'mozjpeg',
          licenses: [{ expression: 'Zlib AND IJG AND BSD-3-Clause' }],
        }),
      ]),
    });
    expect(named('node:24-bookworm-slim')).toMatchObject({
      type: 'container',
      version: digest,
      purl: `pkg:oci/node@${encodeURIComponent(digest)}?repository_url=docker.io%2Flibrary%2Fnode&tag=24-bookworm-slim`,
    });
  });

  it('is the same bytes for the same content, in whichever order it is found', () => {
    const turned = { ...content, parts: content.parts.toReversed() };
    expect(sbomOf(turned)).toBe(sbomOf(content));
    expect(sbomOf(content)).not.toMatch(/serialNumber|timestamp/);
  });

  it('is read back as a table of licences', () => {
    const dist = join(folder, 'workspace/packages/models/image-classifier/dist');
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, 'linux-x64.cdx.json'), sbomOf(content));
    const rows = licenceTable(join(folder, 'workspace')).split('\n');
    expect(rows).toContainEqual(expect.stringMatching(/^\| LGPL-3\.0-or-later \|.* vips 8\./));
    expect(rows).toContainEqual(expect.stringMatching(/^\| MIT \|.*onnxruntime-node /));
    expect(() => licenceTable(folder)).toThrow('has no bundles');
  });
});

describe('a licence', () => {
  it.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND Zlib', 'GPL-2.0-only OR ISC'])(
    '%s is accepted',
    (licence) => {
      expect(acceptLicence('x', licence)).toBe(licence);
    },
  );

  it.each([
    'AGPL-3.0-only',
    'GPL-3.0-or-later',
    'MIT AND AGPL-3.0-or-later',
    'SSPL-1.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    '(MIT AND (GPL-3.0-only OR ISC))',
    '',
    undefined,
  ])('%s is refused', (licence) => {
    expect(() => acceptLicence('x', licence)).toThrow(BundleError);
  });

  it('that is refused stops the bundle that the package would be in', async () => {
    const dependency = join(folder, 'viral/node_modules/viral');
    mkdirSync(dependency, { recursive: true });
    const manifest = {
      name: 'viral',
      version: '1.0.0',
      license: 'AGPL-3.0-only',
      main: 'index.js',
    };
    writeFileSync(join(dependency, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(dependency, 'index.js'), 'console.log(1)');
    const source = smallPackage(join(folder, 'infected'), {
      code: `import 'viral';`,
      dependencies: { viral: dependency },
    });
    await expect(bundle(source, platform)).rejects.toThrow('viral@1.0.0 is under AGPL-3.0-only');
  });

  it('that is not known of a library inside libvips stops it too', () => {
    const libvips = join(folder, 'node_modules/@img/sharp-libvips-linux-x64');
    mkdirSync(libvips, { recursive: true });
    const manifest = {
      name: '@img/sharp-libvips-linux-x64',
      version: '9.0.0',
      license: 'LGPL-3.0-or-later',
    };
    writeFileSync(join(libvips, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(libvips, 'versions.json'), '{"vips":"9.0.0","novelty":"1.0.0"}');
    expect(() => partsOf([join(libvips, 'lib/libvips-cpp.so.9')])).toThrow('novelty in');
  });
});
