/** Amazon S3 through its SDK; imported only when it is needed, see `clients.ts`. */

import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { hasOwnS3Endpoint } from './env.ts';
import { sdkOptions } from './sdk-options.ts';

export interface ObjectStore {
  /** The text of an object. */
  read(bucket: string, key: string, signal: AbortSignal): Promise<string>;
  write(bucket: string, key: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
}

/** Makes a client; its methods throw the SDK's own errors. */
export function connectObjectStore(): ObjectStore {
  const client = new S3Client({ ...sdkOptions, forcePathStyle: hasOwnS3Endpoint() });
  return {
    async read(bucket, key, signal) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const { Body } = await client.send(command, { abortSignal: signal });
      return (await Body?.transformToString()) ?? '';
    },
    async write(bucket, key, bytes, signal) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes });
      await client.send(command, { abortSignal: signal });
    },
  };
}
