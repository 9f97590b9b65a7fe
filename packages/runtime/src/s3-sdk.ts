import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Settings } from './env.ts';

/** The object to read, as in `ObjectRequest`. */
interface SdkRequest {
  readonly bucket: string;
  readonly key: string;
  /** `Range` header. */
  readonly range?: string;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads an object with the AWS SDK: it finds credentials wherever they are and follows a bucket to its region. Resolves
 * with `undefined` when the object is larger than `maxBytes`, without having downloaded it.
 * Only ever imported dynamically, see `readObject`; it shares no module with it, so that a bundle stays in one piece.
 * @throws the SDK's own errors
 */
export async function getObjectWithSdk(
  { region, endpoint }: S3Settings,
  { bucket, key, range, maxBytes = Infinity, signal }: SdkRequest,
): Promise<Buffer | undefined> {
  const client = new S3Client({
    region,
    followRegionRedirects: true,
    forcePathStyle: endpoint !== undefined,
    ...(endpoint !== undefined && { endpoint }),
  });
  try {
    const { Body, ContentLength, ContentRange } = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(range !== undefined && { Range: range }),
      }),
      { ...(signal !== undefined && { abortSignal: signal }) },
    );
    const size = Number(ContentRange?.split('/')[1] ?? ContentLength ?? 0);
    if (size > maxBytes) return undefined;
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } finally {
    // Closes the connection too, whatever is left unread on it.
    client.destroy();
  }
}
