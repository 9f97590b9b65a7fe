import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Registry, RegistryLocation } from '@chorus/registry';
import type { Target } from './target.ts';

/** What the commands about models talk to. */
export interface Cloud {
  readonly target: Target;
  /** Where the registry is. */
  readonly location: RegistryLocation;
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
  // Other endpoints than AWS's seldom have a host name per bucket.
  const s3 = new S3Client({
    ...target.client,
    forcePathStyle: target.client.endpoint !== undefined,
  });
  const lambda = new LambdaClient(target.client);
  const location = { client: s3, bucket: physicalName('models') };
  const registry = createRegistry(location);
  try {
    return await work({ target, location, registry, lambda });
  } finally {
    s3.destroy();
    lambda.destroy();
  }
}
