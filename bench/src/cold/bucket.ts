import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestKey, modelKey } from '@chorus/registry/manifest';
import type { BenchContext } from '../benchmark.ts';

/** Returns the bucket of weights, by `bucket/key`: ours with their manifests, and the peer's pickles beside them. */
export async function bucketOf({ models, peer }: BenchContext): Promise<Map<string, Uint8Array>> {
  const objects = new Map<string, Uint8Array>();
  for (const [name, { bytes, manifest }] of models) {
    const described = JSON.stringify({ ...manifest, version: 'v1' });
    objects.set(`chorus-models/${modelKey(name, 'v1')}`, bytes);
    objects.set(`chorus-models/${manifestKey(name, 'v1')}`, Buffer.from(described));
    if (peer !== undefined) {
      const pickled = await readFile(join(peer.directory, `${name}.pkl`));
      objects.set(`chorus-models/models/${name}/v1/model.pkl`, pickled);
    }
  }
  return objects;
}
