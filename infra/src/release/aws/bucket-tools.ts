import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { readLock, withLock } from '@chorus/promotion';
import { createRegistry } from '@chorus/registry';
import { InfraError } from '../../errors.ts';
import { uploadPages } from '../../pages/upload-pages.ts';
import type { BucketTools } from '../aws-tools.ts';
import { readPages, restorePages } from './stored-pages.ts';

const isNoBucket = (error: unknown) => error instanceof Error && error.name === 'NoSuchBucket';

/** Deletes all objects of a bucket in all versions, at most a thousand at a time. @returns how many */
async function empty(client: S3Client, bucket: string): Promise<number> {
  let count = 0;
  try {
    for (;;) {
      // Always the first page: what it listed is gone then.
      const { Versions = [], DeleteMarkers = [] } = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket }),
      );
      const objects = [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
        Key === undefined ? [] : [{ Key, VersionId }],
      );
      if (objects.length === 0) return count;
      for (let from = 0; from < objects.length; from += 1000) {
        const some = objects.slice(from, from + 1000);
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: some, Quiet: true } }),
        );
        const [first] = Errors;
        if (first !== undefined)
          throw new InfraError(
            `${Errors.length} objects of ${bucket} could not be deleted, ${first.Key} for one: ${first.Message}`,
          );
        count += some.length;
      }
    }
  } catch (error) {
    if (isNoBucket(error)) return count;
    throw error;
  }
}

/** Buckets. @param purpose what locks say that they are for: `deploy staging` */
export function bucketTools(client: S3Client, purpose: string): BucketTools {
  async function whileLocked<Result>(
    bucket: string,
    [model, ...others]: readonly string[],
    work: (lost: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (model === undefined) return work(new AbortController().signal);
    return withLock({ client, bucket }, model, { purpose }, (mine) =>
      whileLocked(bucket, others, (lost) => work(AbortSignal.any([mine, lost]))),
    );
  }
  return {
    registry: (bucket) => createRegistry({ client, bucket }),
    lock: (bucket, model) => readLock({ client, bucket }, model),
    whileLocked,
    uploadPages: (bucket, from) => uploadPages({ client, bucket }, from, new Date()),
    readPages: (bucket) => readPages(client, bucket),
    restorePages: (bucket, pages) => restorePages(client, bucket, pages),
    empty: (bucket) => empty(client, bucket),
    async remove(bucket) {
      try {
        await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      } catch (error) {
        if (!isNoBucket(error)) throw error;
      }
    },
  };
}
