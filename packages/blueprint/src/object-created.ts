/**
 * Returns the pattern of S3's events about new objects below a prefix.
 *
 * @param bucket its physical name, or a token that stands for it
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectCreatedPattern(
  bucket: string,
  prefix: string,
): Readonly<Record<string, unknown>> {
  return {
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket: { name: [bucket] }, object: { key: [{ prefix }] } },
  };
}
