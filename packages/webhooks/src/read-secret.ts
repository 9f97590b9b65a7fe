import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

/**
 * Returns the secret of a URL.
 *
 * @param url without its query
 * @returns undefined if it is not registered
 */
export async function readSecret(
  client: DynamoDBClient,
  tableName: string,
  url: string,
): Promise<string | undefined> {
  const command = new GetItemCommand({
    TableName: tableName,
    Key: { url: { S: url } },
    ConsistentRead: true,
  });
  return (await client.send(command)).Item?.['secret']?.S;
}
