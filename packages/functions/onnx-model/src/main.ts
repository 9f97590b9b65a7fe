import { manifestKey, parseManifest } from '@chorus/registry/manifest';
import { serveModel, weightsLocation } from '@chorus/runtime';
import { readObject } from '@chorus/runtime/s3-object';

/** How long the init phase asks S3 for the manifest. */
const retryMs = 5_000;

const { bucket, name, version } = weightsLocation();
const key = manifestKey(name, version);
const manifest = await readObject({ bucket, key, retryUntil: Date.now() + retryMs });
await serveModel(parseManifest(JSON.parse(manifest.toString())).schema);
