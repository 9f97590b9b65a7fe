import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { merge, readWindowItem, type WindowCounts } from '@chorus/drift';

/**
 * Returns the counts of the version of a model that was asked last, since a moment; undefined if none was asked.
 *
 * @param since epoch milliseconds of the beginning of an hour
 * @throws what the AWS SDK throws
 */
export async function recentCounts(
  client: DynamoDBClient,
  table: string,
  model: string,
  since: number,
): Promise<WindowCounts | undefined> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'model = :model AND #window BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#window': 'window' },
      ExpressionAttributeValues: {
        ':model': { S: model },
        ':first': { S: new Date(since).toISOString() },
        // Behind every date, and before whatever else is kept of a model.
        ':last': { S: '9999' },
      },
      ConsistentRead: true,
    },
  );
  let found: WindowCounts | undefined;
  for await (const { Items = [] } of pages) {
    for (const { counts } of Items) {
      const window = readWindowItem({ counts: counts?.S ?? '' });
      // They come in the order of their hours: another version took over.
      found = found?.version === window.version ? merge(found, window) : window;
    }
  }
  return found;
}
