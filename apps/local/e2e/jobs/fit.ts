/**
 * A program that follows the contract of jobs without any code of the service: what it is told by its environment, and what it reads
 * from S3, is all it knows. Options of its recipe make it end early.
 */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { told } from './env.ts';

const { bucket: Bucket, key, attempt } = told;
const s3 = new S3Client({ forcePathStyle: true });

async function read(Key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

const write = (Key: string, Body: string | Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));

const beside = (name: string): string => `${dirname(key)}/${name}`;

const { recipe, data, output } = JSON.parse(Buffer.from(await read(key)).toString());
const { schema, options } = recipe;
if (options.kill > attempt) process.kill(process.pid, 'SIGKILL');
if (options.exit !== undefined) process.exit(options.exit);
const rows = await read(data.train);
if (Buffer.from(rows.subarray(0, 4)).toString() !== 'PAR1') {
  const message = `${data.train} is no Parquet file`;
  await write(beside('failure.json'), JSON.stringify({ error: 'NoParquet', message }));
  process.exit(2);
}
// Stands for a graph, which is only carried from here on.
const model = Buffer.from(`a model of ${rows.length} bytes`);
const sha256 = createHash('sha256').update(model).digest('hex');
const metrics = { rmse: 1 };
const file = { name: 'model.onnx', bytes: model.length, sha256 };
const manifest = { format: 1, name: schema.name, file, schema, training: { metrics } };
await write(`${output}model.onnx`, model);
await write(`${output}manifest.json`, JSON.stringify(manifest));
const made = { model: schema.name, output, sha256, bytes: model.length };
await write(
  beside('outcome.json'),
  JSON.stringify({ ...made, rows: { train: 40, test: 10 }, metrics }),
);
