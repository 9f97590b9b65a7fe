import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Settings } from './env.ts';

/**
 * Reads an object with the AWS SDK: it finds credentials wherever they are and follows a bucket to its region.
 * Only ever imported dynamically, see `getObject`; it shares no module with it, so that a bundle stays in one piece.
 * @throws the SDK's own errors
 */
export async function getObjectWithSdk(
  { region, endpoint }: S3Settings,
  bucket: string,
  key: string,
): Promise<Buffer> {
  const client = new S3Client({
    region,
    followRegionRedirects: true,
    forcePathStyle: endpoint !== undefined,
    ...(endpoint !== undefined && { endpoint }),
  });
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } finally {
    client.destroy();
  }
}
