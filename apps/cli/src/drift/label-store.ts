import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Label } from '@chorus/drift';

/** Keeps a label; one that is said again overwrites the first. */
export async function keepLabel(
  client: DynamoDBClient,
  table: string,
  label: Label,
): Promise<void> {
  const [{ PutItemCommand }, { labelItem }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@chorus/drift'),
  ]);
  const item = labelItem(label, Date.now());
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        model: { S: item.model },
        window: { S: item.window },
        label: { S: item.label },
        expiresAt: { N: String(item.expiresAt) },
      },
    }),
  );
}

/** Returns all labels of a version that are kept. */
export async function readLabels(
  client: DynamoDBClient,
  table: string,
  model: string,
  version: string,
): Promise<readonly Label[]> {
  const [{ paginateQuery }, { labelPrefix, readLabelItem }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@chorus/drift'),
  ]);
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'model = :model AND begins_with(#window, :prefix)',
      ExpressionAttributeNames: { '#window': 'window' },
      ExpressionAttributeValues: { ':model': { S: model }, ':prefix': { S: labelPrefix(version) } },
    },
  );
  const labels: Label[] = [];
  for await (const { Items = [] } of pages)
    labels.push(...Items.map(({ label }) => readLabelItem({ label: label?.S ?? '' })));
  return labels;
}
