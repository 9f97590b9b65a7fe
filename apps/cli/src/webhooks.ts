import { physicalName } from '@chorus/blueprint/names';
import type { WebhooksTable } from '@chorus/webhooks/table';
import { CliError, isCausedBy } from './errors.ts';
import type { Target } from './target.ts';

/** Whose URLs a cloud may tell: the local cloud also programs of this machine. */
export const rulesOf = ({ stage }: Pick<Target, 'stage'>): { readonly isLocal: boolean } => ({
  isLocal: stage === undefined,
});

/**
 * Does something with the webhooks of a cloud, and closes the connection to it.
 *
 * @throws {CliError} if the cloud has no table of them
 */
export async function withWebhooks<Result>(
  target: Target,
  work: (webhooks: WebhooksTable) => Promise<Result>,
): Promise<Result> {
  const [{ DynamoDBClient }, { webhooksTable }, { openWebhooks }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@chorus/blueprint'),
    import('@chorus/webhooks/table'),
  ]);
  const client = new DynamoDBClient(target.client);
  try {
    return await work(openWebhooks(client, physicalName(webhooksTable, target.stage)));
  } catch (cause) {
    if (!isCausedBy(cause, 'ResourceNotFoundException')) throw cause;
    throw new CliError(`There is no table of webhooks in ${target.label}`, { cause });
  } finally {
    client.destroy();
  }
}
