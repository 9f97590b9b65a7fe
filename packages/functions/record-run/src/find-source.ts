import { HeadObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { driftEvent, trainingDataPrefix } from '@chorus/blueprint';
import type { RunDrift, RunSource } from '@chorus/pipeline-runs';
import { InvalidRequestError } from '@chorus/protocol';
import { NoDataError } from './errors.ts';

type Found = Pick<RunSource, 'key' | 'etag' | 'size'>;

/** What a pipeline is started with: S3's event of a new object, that of a drift, the key of a file, or nothing for the newest. */
export interface RunRequest {
  readonly key?: string;
  /** Whether content that has been seen before counts once more. */
  readonly again: boolean;
  /** The verdict that started it. */
  readonly drift?: RunDrift;
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Reads the verdict of an event; undefined of another event. */
function driftOf(request: Readonly<Record<string, unknown>>): RunDrift | undefined {
  if (request['source'] !== driftEvent.source) return undefined;
  const { model, version, columns } = fieldsOf(request['detail']);
  const texts = Array.isArray(columns) ? columns.filter((each) => typeof each === 'string') : [];
  return { model: String(model), version: String(version), columns: texts };
}

/**
 * Reads what an execution was started with.
 *
 * @throws {InvalidRequestError} for a key that is no text
 */
export function parseRunRequest(value: unknown): RunRequest {
  const request = fieldsOf(value);
  const key = fieldsOf(fieldsOf(request['detail'])['object'])['key'] ?? request['key'];
  if (key !== undefined && (typeof key !== 'string' || key === ''))
    throw new InvalidRequestError('key: expected the key of a file, or nothing for the newest');
  const drift = driftOf(request);
  return {
    ...(key !== undefined && { key }),
    again: request['again'] === true,
    ...(drift && { drift }),
  };
}

/** Returns the key that was written last below a prefix. @throws {NoDataError} if there is none */
async function newestKey(client: S3Client, bucket: string, prefix: string): Promise<string> {
  let newest: { readonly key: string; readonly at: number } | undefined;
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
  for await (const { Contents = [] } of pages)
    for (const { Key, LastModified } of Contents) {
      const at = LastModified?.getTime() ?? 0;
      if (Key !== undefined && at >= (newest?.at ?? 0)) newest = { key: Key, at };
    }
  if (newest === undefined)
    throw new NoDataError(`there is no file below s3://${bucket}/${prefix}: upload one first`);
  return newest.key;
}

/**
 * Finds the file that a run is about, as it is now: one that was written over since is the newer one.
 *
 * @throws {NoDataError} if it is not there
 * @throws {InvalidRequestError} for a key of another pipeline
 */
export async function findSource(
  client: S3Client,
  bucket: string,
  pipeline: string,
  { key: asked }: RunRequest,
): Promise<Found> {
  const prefix = trainingDataPrefix(pipeline);
  const key = asked ?? (await newestKey(client, bucket, prefix));
  if (!key.startsWith(prefix))
    throw new InvalidRequestError(
      `key: ${key} is not below ${prefix}, where the pipeline's data is`,
    );
  try {
    const { ETag = '', ContentLength = 0 } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key }),
    );
    return { key, etag: ETag.replaceAll('"', ''), size: ContentLength };
  } catch (cause) {
    const isMissing = cause instanceof Error && ['NotFound', 'NoSuchKey'].includes(cause.name);
    if (!isMissing) throw cause;
    throw new NoDataError(`s3://${bucket}/${key} is not there any more`, { cause });
  }
}
