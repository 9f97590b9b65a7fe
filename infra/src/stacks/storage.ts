import { type BucketSpec, physicalName } from '@chorus/blueprint';
import { Duration, NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';

/** Properties that the buckets share: reached by TLS only, not public, encrypted. */
export const closed: BucketProps = {
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
};

/**
 * Returns what becomes of a bucket when its stack goes. One that is to stay goes with a stack whose creation fails: it is
 * empty, and its name would be in the way the next time.
 */
export function removalOf({ keepsData = true }: Pick<StageOptions, 'keepsData'>): RemovalPolicy {
  return keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}

/** How long a deleted or overwritten object, and a log of who read what, can be had back. */
const keptFor = Duration.days(90);

/**
 * Returns how long a bucket's objects stay: versions of those that stay, none of those that expire, which may be a
 * person's photo.
 */
function lifeOf({ expireDays, expiring = [] }: BucketSpec): BucketProps {
  const abortIncompleteMultipartUploadAfter = Duration.days(1);
  const parts = expiring.map(({ prefix, days }) => ({
    prefix,
    expiration: Duration.days(days),
    ...(expireDays === undefined && { noncurrentVersionExpiration: Duration.days(1) }),
  }));
  return expireDays === undefined
    ? {
        versioned: true,
        lifecycleRules: [
          { noncurrentVersionExpiration: keptFor, abortIncompleteMultipartUploadAfter },
          ...parts,
        ],
      }
    : {
        lifecycleRules: [
          { expiration: Duration.days(expireDays), abortIncompleteMultipartUploadAfter },
          ...parts,
        ],
      };
}

/**
 * The rules by which a web page may PUT with a presigned URL. The URL is the permission, and says what may be put
 * where; a page on any origin may hold one, unless the service's own pages are the only ones to get one.
 */
function browserUploads(origin: string): BucketProps {
  return {
    cors: [
      {
        allowedMethods: [HttpMethods.PUT],
        allowedOrigins: [origin],
        allowedHeaders: ['content-type'],
        maxAge: 3600,
      },
    ],
  };
}

/** Has S3 tell EventBridge of new objects. By the CDK's own property a function would be deployed to switch it on. */
function announceObjects(bucket: Bucket): void {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) throw new TypeError('the bucket is of another kind');
  defaultChild.notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
}

/**
 * Adds the nested stack of what outlives the functions: the buckets, and a log of who reached for what in them.
 *
 * @param pageOrigin the only origin whose pages may upload. @default any
 */
export function addStorage(
  scope: Construct,
  buckets: readonly BucketSpec[],
  options: StageOptions,
  pageOrigin = '*',
): NestedStack {
  const stack = new NestedStack(scope, 'Storage', { description: 'Chorus: buckets' });
  const stays = { removalPolicy: removalOf(options) };
  const accessLogs = new Bucket(stack, 'AccessLogs', {
    ...closed,
    ...stays,
    versioned: true,
    lifecycleRules: [{ expiration: keptFor, noncurrentVersionExpiration: Duration.days(1) }],
  });
  for (const spec of buckets) {
    const { name } = spec;
    const bucket = new Bucket(stack, `Bucket-${name}`, {
      ...closed,
      ...stays,
      // The name of `bucketName`; CloudFormation takes a bucket over that stayed if its name needs no looking up.
      bucketName: `${physicalName(name, options.name)}-${stack.account}-${stack.region}`,
      ...lifeOf(spec),
      ...(spec.browserUploads === true && browserUploads(pageOrigin)),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${name}/`,
    });
    if (spec.created !== undefined) announceObjects(bucket);
  }
  return stack;
}
