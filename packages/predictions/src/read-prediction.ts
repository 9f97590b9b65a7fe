import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InternalError } from '@chorus/protocol';
import type { Prediction } from './prediction.ts';

/** An item of the table. */
export type Item = Readonly<Record<string, AttributeValue>>;

const text = (item: Item, name: string): string => item[name]?.S ?? '';
const number = (item: Item, name: string): number => Number(item[name]?.N ?? 0);

/** Returns what an item says. @throws {InternalError} if it is of no known status */
export function predictionOf(item: Item): Prediction {
  const webhook = text(item, 'webhook');
  const replays = number(item, 'replays');
  const known = {
    id: text(item, 'id'),
    workflow: text(item, 'workflow'),
    replays,
    acceptedAt: text(item, 'acceptedAt'),
    ...(webhook !== '' && { webhook }),
    ...(item['told']?.N === String(replays) && { isTold: true as const }),
  };
  const status = text(item, 'status');
  if (status === 'accepted') return { ...known, status };
  if (status !== 'done' && status !== 'failed')
    throw new InternalError(`the prediction ${known.id} has an unknown status`);
  const ended = {
    ...known,
    statusCode: number(item, 'statusCode'),
    body: JSON.parse(text(item, 'body')),
    attempts: number(item, 'attempts'),
    endedAt: text(item, 'endedAt'),
  };
  if (status === 'done') return { ...ended, status };
  const letter = text(item, 'letter');
  return {
    ...ended,
    status,
    letter: letter === 'sent' || letter === 'dropped' ? letter : 'unsent',
  };
}

/**
 * Returns what is known of an id; undefined if it is none, or has expired.
 *
 * @param clock epoch milliseconds
 */
export async function readPrediction(
  client: DynamoDBClient,
  tableName: string,
  id: string,
  clock: () => number = Date.now,
): Promise<Prediction | undefined> {
  const command = new GetItemCommand({
    TableName: tableName,
    Key: { id: { S: id } },
    ConsistentRead: true,
  });
  const { Item: item } = await client.send(command);
  // Expired items are removed late.
  return item === undefined || number(item, 'expires') * 1000 <= clock()
    ? undefined
    : predictionOf(item);
}
