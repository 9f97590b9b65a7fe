import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from './check.ts';
import { describe } from './describe.ts';
import { encodeClassifier, encodeEvidence } from './encode-classifier.ts';
import { readNanoDet, source } from './nanodet.ts';
import { lite0Bytes, loadLite0 } from './weights-of-lite0.ts';

const networks = { nanodet: await readNanoDet(), lite0: await loadLite0() };
const model = encodeClassifier(networks, 'packed');

// Rounded weights move the answers: what that costs on photos is in the README.
await check(source.graph, encodeEvidence(networks, 'float32'), {
  'with float32 weights': { model: encodeClassifier(networks, 'float32'), limit: 1e-4 },
  'with packed weights': { model, limit: 0.05 },
});

const manifest = describe(model, await readFile(source.weights), await lite0Bytes());
const folder = join(import.meta.dirname, '../../weights');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'model.onnx'), model);
await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${model.length} bytes, sha256 ${manifest.file.sha256}`);
