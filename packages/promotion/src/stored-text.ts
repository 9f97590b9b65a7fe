import { setTimeout } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { codeOf, type RegistryLocation, unavailable } from '@chorus/registry/s3';

/** A small object, and the entity tag that later writes can insist on. */
export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

/** Only where there is none, only over the one with this tag, or in any case. */
export type WriteCondition =
  | { readonly IfNoneMatch: '*' }
  | { readonly IfMatch: string }
  | Readonly<Record<string, never>>;

/** Reads an object; undefined when there is none. @throws {RegistryUnavailableError} */
export async function readText(
  { client, bucket }: RegistryLocation,
  key: string,
): Promise<StoredText | undefined> {
  try {
    const { Body, ETag = '' } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
    );
    return { text: (await Body?.transformToString()) ?? '', etag: ETag };
  } catch (error) {
    if (codeOf(error) === 'NoSuchKey') return undefined;
    throw unavailable(bucket, error);
  }
}

/**
 * Writes an object if the condition holds.
 *
 * @returns its entity tag, or undefined when the condition does not hold
 * @throws {RegistryUnavailableError}
 */
export async function writeText(
  { client, bucket }: RegistryLocation,
  key: string,
  text: string,
  condition: WriteCondition,
): Promise<string | undefined> {
  const object = { Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' };
  for (let attempt = 1; ; attempt++) {
    try {
      const { ETag = '' } = await client.send(new PutObjectCommand({ ...object, ...condition }));
      return ETag;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'PreconditionFailed' || code === 'NoSuchKey') return undefined;
      // Two conditional writes met: S3 wants ours again, and then knows who was first.
      if (code !== 'ConditionalRequestConflict' || attempt === 5) throw unavailable(bucket, error);
      await setTimeout(100 * attempt);
    }
  }
}

/** Removes an object if it still is the one with this tag; one that is gone or another stays so. */
export async function removeText(
  { client, bucket }: RegistryLocation,
  key: string,
  etag: string,
): Promise<void> {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'PreconditionFailed' && code !== 'NoSuchKey') throw unavailable(bucket, error);
  }
}
