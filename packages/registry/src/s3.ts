import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { RegistryUnavailableError } from './errors.ts';

/** The place of the registry: any S3 client, of AWS or of the local cloud, and a bucket. */
export interface RegistryLocation {
  readonly client: S3Client;
  readonly bucket: string;
}

/** Returns the bytes of an object; `undefined` when there is none. @throws {RegistryUnavailableError} */
export async function getBytes(
  { client, bucket }: RegistryLocation,
  key: string,
): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (codeOf(error) === 'NoSuchKey') return undefined;
    throw unavailable(bucket, error);
  }
}

/**
 * Writes an object only where there is none. S3 verifies the SHA-256 on arrival.
 * @returns whether it was written; `false` when the key was taken
 * @throws {RegistryUnavailableError}
 */
export async function putNew(
  { client, bucket }: RegistryLocation,
  object: { readonly key: string; readonly body: Uint8Array; readonly contentType: string },
): Promise<boolean> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: object.key,
    Body: object.body,
    ContentType: object.contentType,
    ChecksumSHA256: hash('sha256', object.body, 'base64'),
    IfNoneMatch: '*',
  });
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(command);
      return true;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'PreconditionFailed') return false;
      // Another client writes the same key at this moment; S3 wants the upload again, and then knows who was first.
      if (code !== 'ConditionalRequestConflict' || attempt === 5) throw unavailable(bucket, error);
      await setTimeout(100 * attempt);
    }
  }
}

/** An object as a list tells it. */
export interface ListedObject {
  readonly key: string;
  /** Another one for other content. */
  readonly etag: string;
}

/** Lists all objects whose keys begin with `prefix`, however many pages they take. @throws {RegistryUnavailableError} */
export async function listObjects(
  { client, bucket }: RegistryLocation,
  prefix: string,
): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  try {
    for await (const page of paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: prefix },
    )) {
      for (const { Key, ETag = '' } of page.Contents ?? [])
        if (Key !== undefined) objects.push({ key: Key, etag: ETag });
    }
    return objects;
  } catch (error) {
    throw unavailable(bucket, error);
  }
}

/** Lists all keys that begin with `prefix`. @throws {RegistryUnavailableError} */
export async function listKeys(location: RegistryLocation, prefix: string): Promise<string[]> {
  return (await listObjects(location, prefix)).map(({ key }) => key);
}

/** Returns the name of an error, which for AWS's is its code. */
export function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** Returns the registry's error for an error of S3. */
export function unavailable(bucket: string, error: unknown): RegistryUnavailableError {
  return new RegistryUnavailableError(`the registry s3://${bucket} ${reason(error)}`, {
    cause: error,
  });
}

function reason(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'NoSuchBucket':
      return 'does not exist: create the bucket, or correct its name';
    case 'AccessDenied':
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'ExpiredToken':
    case 'CredentialsProviderError':
      return `refuses these credentials (${code}: ${message}): check AWS_PROFILE or the AWS_ACCESS_KEY_ID and what it may do`;
    case 'InternalError':
    case 'ServiceUnavailable':
    case 'SlowDown':
      return `failed (${code}: ${message}): mend that, or try again in a moment`;
    default:
      return `cannot be reached (${code}: ${message}): start the local cloud, or check AWS_ENDPOINT_URL, region and network`;
  }
}
