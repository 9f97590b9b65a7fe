import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readParquetTable, type Table } from '@chorus/data';
import { type Manifest, manifestKey, parseManifest } from '@chorus/registry/manifest';
import type { EvaluateSettings } from './env.ts';
import { MissingInputError } from './errors.ts';
import type { EvaluateStep } from './steps.ts';

/** A candidate's files. */
export interface Candidate {
  readonly manifest: Omit<Manifest, 'version'>;
  readonly bytes: Uint8Array;
}

/** What is read from the bucket `training`. @throws {MissingInputError} in each */
export interface Inputs {
  readRows(step: Pick<EvaluateStep, 'data' | 'columns' | 'target'>): Promise<Table>;
  readCandidate(output: string): Promise<Candidate>;
}

/** Opens the bucket. */
export function openInputs({ bucket, hasOwnEndpoint }: EvaluateSettings): Inputs {
  const client = new S3Client({ forcePathStyle: hasOwnEndpoint });

  async function get(key: string) {
    const { Body } = await client
      .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      .catch((cause: unknown) => {
        if (!(cause instanceof Error) || cause.name !== 'NoSuchKey') throw cause;
        throw new MissingInputError(
          `s3://${bucket}/${key} is not there: the step before has to write it`,
          { cause },
        );
      });
    if (Body === undefined) throw new MissingInputError(`s3://${bucket}/${key} has no content`);
    return Body;
  }

  return {
    async readRows({ data, columns, target }) {
      const folder = await mkdtemp(join(tmpdir(), 'chorus-rows-'));
      try {
        const file = join(folder, 'test.parquet');
        // In Node the SDK's body is a stream; its type covers browsers too.
        await pipeline((await get(data.test)) as Readable, createWriteStream(file));
        return await readParquetTable(file, columns, target);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async readCandidate(output) {
      const bytes = await (await get(`${output}model.onnx`)).transformToByteArray();
      const text = await (await get(`${output}manifest.json`)).transformToString();
      return { bytes, manifest: JSON.parse(text) };
    },
  };
}

/** Errors by which S3 says that there is no such object; without the right to list it says that this is not allowed. */
const missing = ['NoSuchKey', 'AccessDenied'];

/**
 * Returns what reads the manifest of a version, from where the model's own function reads it; undefined where it is not there any more.
 *
 * @param lambda tells where that is
 */
export function openManifests(
  { functions, hasOwnEndpoint }: EvaluateSettings,
  lambda: LambdaClient,
): (model: string, version: string) => Promise<Manifest | undefined> {
  const client = new S3Client({ forcePathStyle: hasOwnEndpoint });
  return async (model, version) => {
    const [FunctionName, Qualifier] = (functions[model] ?? '').split(':');
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName, Qualifier }),
    );
    const Bucket = Environment?.Variables?.['MODEL_BUCKET'];
    try {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket, Key: manifestKey(model, version) }),
      );
      return parseManifest(JSON.parse((await Body?.transformToString()) ?? ''));
    } catch (error) {
      if (error instanceof Error && missing.includes(error.name)) return undefined;
      throw error;
    }
  };
}
