import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from './check.ts';
import { describe } from './describe.ts';
import { encodeClassifier } from './encode-classifier.ts';
import { readNanoDet, source } from './nanodet.ts';

const network = await readNanoDet();
const model = encodeClassifier(network, 'packed');

// Rounded weights move the answers: what that costs on photos is in the README.
await check(source.graph, {
  'with float32 weights': { model: encodeClassifier(network, 'float32'), limit: 1e-4 },
  'with packed weights': { model, limit: 0.05 },
});

const manifest = describe(model, await readFile(source.weights));
const folder = join(import.meta.dirname, '../../weights');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'model.onnx'), model);
await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${model.length} bytes, sha256 ${manifest.file.sha256}`);
