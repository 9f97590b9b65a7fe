/**
 * A model function without the tricks: the AWS SDK reads the weights, they are written to disk and opened from there
 * with ONNX Runtime's default options, one step after the other. Bootstrap and handler are the same as ours.
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createModelHandler, type LoadedModel, weightsLocation } from '@chorus/runtime';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { bostonSchema } from '@chorus/training/boston';
import * as ort from 'onnxruntime-node';

async function load(): Promise<LoadedModel> {
  const { bucket, key, name, version } = weightsLocation();
  const client = new S3Client({ forcePathStyle: true });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const path = join(tmpdir(), 'model.onnx');
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  await writeFile(path, bytes);
  const session = await ort.InferenceSession.create(path);
  // Believed, not read: it costs no second request.
  const file = { name: 'model.onnx', bytes: bytes.length, sha256: '' } as const;
  const manifest = { format: 1, name, version, file, schema: bostonSchema(name) } as const;
  return { ort, session, version, manifest, stored: Promise.resolve() };
}

await runBootstrap(async () => {
  const model = await load();
  const schema = bostonSchema(weightsLocation().name);
  return createModelHandler({ schema, loadModel: async () => model });
});
