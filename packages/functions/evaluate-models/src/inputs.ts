import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readParquetTable, type Table } from '@chorus/data';
import { fetchManifest, UnknownModelError, UnknownVersionError } from '@chorus/registry';
import type { Manifest } from '@chorus/registry/manifest';
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

/** Returns what reads the manifests of versions; undefined for one that is not there any more. */
export function openManifests({
  modelsBucket,
  hasOwnEndpoint,
}: EvaluateSettings): (model: string, version: string) => Promise<Manifest | undefined> {
  const location = {
    client: new S3Client({ forcePathStyle: hasOwnEndpoint }),
    bucket: modelsBucket,
  };
  return async (model, version) => {
    try {
      return await fetchManifest(location, model, version);
    } catch (error) {
      if (error instanceof UnknownVersionError || error instanceof UnknownModelError)
        return undefined;
      throw error;
    }
  };
}
