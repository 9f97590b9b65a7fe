import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { RunSource } from '@chorus/pipeline-runs';
import type { DataSettings } from './env.ts';
import { ChangedDataError } from './errors.ts';

/** The objects of the bucket `training`, as streams from and to files. */
export interface Objects {
  /** Copies the file of a run. @throws {ChangedDataError} if it is gone, or is another one by now */
  download(run: Pick<RunSource, 'key' | 'etag'>, file: string): Promise<void>;
  /** Writes a file as an object, over one that is there. */
  upload(file: string, key: string): Promise<void>;
}

/** Opens the bucket; errors other than those named are the AWS SDK's. */
export function openObjects({ bucket, hasOwnEndpoint }: DataSettings): Objects {
  const client = new S3Client({ forcePathStyle: hasOwnEndpoint });
  return {
    async download({ key, etag }, file) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: `"${etag}"` });
      const object = await client.send(command).catch((cause: unknown) => {
        const isChanged =
          cause instanceof Error && ['NoSuchKey', 'PreconditionFailed'].includes(cause.name);
        if (!isChanged) throw cause;
        throw new ChangedDataError(
          `s3://${bucket}/${key} was removed or written over since the run began: the new file has a run of its own`,
          { cause },
        );
      });
      // In Node the SDK's body is a stream; its type covers browsers too.
      await pipeline(object.Body as Readable, createWriteStream(file));
    },
    async upload(file, key) {
      const { size } = await stat(file);
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: createReadStream(file),
          ContentLength: size,
          ContentType: 'application/vnd.apache.parquet',
        }),
      );
    },
  };
}
