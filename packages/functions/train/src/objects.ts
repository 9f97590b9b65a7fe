import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { TrainSettings } from './env.ts';
import { MissingDataError } from './errors.ts';

/** The objects of the bucket `training`. */
export interface Objects {
  /** Copies an object to a file. @throws {MissingDataError} when there is no such object */
  download(key: string, file: string): Promise<void>;
  /** Returns an object's text. @throws {MissingDataError} when there is no such object */
  read(key: string): Promise<string>;
  /** Returns an object's bytes. @throws {MissingDataError} when there is no such object */
  readBytes(key: string): Promise<Uint8Array>;
  /** Writes an object, over one that is there. S3 verifies the bytes on arrival. */
  write(key: string, body: Uint8Array, contentType: string): Promise<void>;
}

/** Opens the bucket; errors other than those named are the AWS SDK's. */
export function openObjects({ bucket, hasOwnEndpoint }: TrainSettings): Objects {
  const client = new S3Client({ forcePathStyle: hasOwnEndpoint });
  const get = async (key: string) => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    const object = await client.send(command).catch((cause: unknown) => {
      if (!(cause instanceof Error) || cause.name !== 'NoSuchKey') throw cause;
      throw new MissingDataError(
        `s3://${bucket}/${key} does not exist: write it first, or correct the key`,
        { cause },
      );
    });
    // In Node the SDK's body is a stream; its type covers browsers too.
    return object.Body as Readable;
  };
  return {
    async download(key, file) {
      await pipeline(await get(key), createWriteStream(file));
    },
    read: async (key) => text(await get(key)),
    readBytes: async (key) => buffer(await get(key)),
    async write(key, body, contentType) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
        }),
      );
    },
  };
}
