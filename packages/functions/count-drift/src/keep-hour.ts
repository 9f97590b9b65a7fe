import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { windowItem } from '@chorus/drift';
import type { CountedHour } from './count-hour.ts';

/**
 * Writes the counts of an hour over those that were counted of it before, unless these are of more lines: a run that began earlier and
 * ends later has seen less, and lines are only added.
 *
 * @throws what the AWS SDK throws
 */
export async function keepHour(
  client: DynamoDBClient,
  table: string,
  { counts, lines }: CountedHour,
): Promise<void> {
  const { model, window, counts: text, expiresAt } = windowItem(counts);
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          model: { S: model },
          window: { S: window },
          counts: { S: text },
          expiresAt: { N: String(expiresAt) },
          lines: { N: String(lines) },
        },
        ConditionExpression: 'attribute_not_exists(#lines) OR #lines <= :lines',
        ExpressionAttributeNames: { '#lines': 'lines' },
        ExpressionAttributeValues: { ':lines': { N: String(lines) } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
