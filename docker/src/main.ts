#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { parseBaseImage, pinnedBaseImage, referenceOf, updateBaseImage } from './base-image.ts';
import { buildImage } from './build.ts';
import { bundle } from './bundle.ts';
import { findEngine } from './engine.ts';
import { buildSettings, searchPath, targetPlatform } from './env.ts';
import { ImageError } from './errors.ts';
import { licenceTable } from './licence-table.ts';
import { type Platform, parsePlatform } from './platform.ts';
import { sbomOf } from './sbom.ts';

const usage =
  "usage, in a function's package: chorus-docker (bundle | build) [--platform linux/arm64]; in the repository's root: chorus-docker (licences | update-base-image)";

async function bundleHere(source: string, platform: Platform): Promise<void> {
  const { folder, chunks, parts } = await bundle(source, platform);
  const name = basename(source);
  const { baseImage } = buildSettings();
  const base = baseImage === undefined ? pinnedBaseImage() : parseBaseImage(baseImage);
  await writeFile(`${folder}.cdx.json`, sbomOf({ name, platform, base, parts }));
  const [start] = chunks;
  console.log(`dist/ for ${platform}: ${start?.bytes} bytes to start, in ${chunks.length} files`);
}

async function buildHere(source: string, platform: Platform): Promise<void> {
  const engine = await findEngine(searchPath());
  await bundleHere(source, platform);
  const { tag, id, builder } = await buildImage(source, platform, engine, buildSettings());
  console.log(`${tag} is ${id} (${builder})`);
}

async function updateBase(): Promise<void> {
  console.log(referenceOf(await updateBaseImage()));
}

async function showLicences(source: string): Promise<void> {
  console.log(licenceTable(source));
}

const commands: Readonly<Record<string, typeof bundleHere>> = {
  bundle: bundleHere,
  build: buildHere,
  'update-base-image': updateBase,
  licences: showLicences,
};

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { platform: { type: 'string' } },
  });
  const [name, ...rest] = positionals;
  const command = commands[name ?? ''];
  if (command === undefined || rest.length > 0) throw new ImageError(usage);
  const platform =
    values.platform === undefined ? targetPlatform() : parsePlatform(values.platform);
  await command(process.cwd(), platform);
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
