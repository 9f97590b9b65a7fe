import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { UploadsSettings } from './env.ts';

/** An object that may be put, once known to S3. */
interface Put {
  readonly key: string;
  readonly contentType: string;
  /** Exact size of the object. */
  readonly bytes: number;
  /** When the signature begins to be valid. */
  readonly date: Date;
  readonly seconds: number;
}

/** Makes the URL with which anybody may put this object, and no other. */
export type Presign = (put: Put) => Promise<string>;

/** The headers that the signature covers besides the path: S3 refuses a put with another type or length (403). */
const signedHeaders: ReadonlySet<string> = new Set(['host', 'content-type', 'content-length']);

/** Connects to nothing: signatures are made here, with the credentials that the SDK finds. */
export function createPresign({ bucket, hasOwnEndpoint }: UploadsSettings): Presign {
  const client = new S3Client({
    forcePathStyle: hasOwnEndpoint,
    // By default the SDK would sign the checksum of an empty body, which no photo has.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return ({ key, contentType, bytes, date, seconds }) =>
    getSignedUrl(
      client,
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ContentLength: bytes,
      }),
      { expiresIn: seconds, signingDate: date, signableHeaders: new Set(signedHeaders) },
    );
}
