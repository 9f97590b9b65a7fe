import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Registry } from '@chorus/registry';
import type { Target } from './target.ts';

/** What the commands about models talk to. */
export interface Cloud {
  readonly target: Target;
  /** The registry's bucket. */
  readonly bucket: string;
  readonly registry: Registry;
  readonly lambda: LambdaClient;
}

/**
 * Does something with the registry and Lambda of a target, and closes the connections to them.
 * The SDKs take a tenth of a second to load, hence only here.
 */
export async function withCloud<Result>(
  target: Target,
  work: (cloud: Cloud) => Promise<Result>,
): Promise<Result> {
  const [{ S3Client }, { LambdaClient }, { createRegistry }, { physicalName }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-lambda'),
    import('@chorus/registry'),
    import('@chorus/blueprint'),
  ]);
  const bucket = physicalName('models');
  // Other endpoints than AWS's seldom have a host name per bucket.
  const s3 = new S3Client({
    ...target.client,
    forcePathStyle: target.client.endpoint !== undefined,
  });
  const lambda = new LambdaClient(target.client);
  const registry = createRegistry({ client: s3, bucket });
  try {
    return await work({ target, bucket, registry, lambda });
  } finally {
    s3.destroy();
    lambda.destroy();
  }
}
