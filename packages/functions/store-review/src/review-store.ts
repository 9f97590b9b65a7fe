import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ConflictError } from '@chorus/protocol';
import type { StoreSettings } from './env.ts';
import type { Review } from './review.ts';

/** Days until a review expires. */
export const expireDays = 30;

/** A review as it is kept. */
export interface StoredReview {
  readonly id: string;
  readonly result: unknown;
  /** ISO 8601. */
  readonly storedAt: string;
}

/** Keeps a review, until the signal comes. @throws {ConflictError} (409) when its id has another text */
export type KeepReview = (
  review: Pick<Review, 'id' | 'text' | 'result'>,
  now: Date,
  signal: AbortSignal,
) => Promise<StoredReview>;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const textOf = (item: Readonly<Record<string, AttributeValue>>, name: string): string =>
  item[name]?.S ?? '';

/**
 * Keeps one item for each id: written whole by one request, or not at all. The same id with the same text is answered with what
 * was kept the first time, so that a step that is tried again writes nothing new; an item that has expired is replaced.
 */
export function openReviewStore({ table }: StoreSettings): KeepReview {
  const client = new DynamoDBClient({});
  return async ({ id, text, result }, now, signal) => {
    const seconds = Math.floor(now.getTime() / 1000);
    const digest = digestOf(text);
    const storedAt = now.toISOString();
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        id: { S: id },
        digest: { S: digest },
        text: { S: text },
        // As JSON: a map of DynamoDB's would round or refuse some numbers.
        result: { S: JSON.stringify(result) },
        storedAt: { S: storedAt },
        expires: { N: String(seconds + expireDays * 86_400) },
      },
      ConditionExpression: 'attribute_not_exists(#id) OR #expires <= :now',
      ExpressionAttributeNames: { '#id': 'id', '#expires': 'expires' },
      ExpressionAttributeValues: { ':now': { N: String(seconds) } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await client.send(command, { abortSignal: signal });
      return { id, result, storedAt };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined)
        throw error;
      if (textOf(error.Item, 'digest') !== digest)
        throw new ConflictError(
          `id: ${id} is that of another text, kept at ${textOf(error.Item, 'storedAt')}: choose another, or leave it out`,
          { cause: error },
        );
      return {
        id,
        result: JSON.parse(textOf(error.Item, 'result')),
        storedAt: textOf(error.Item, 'storedAt'),
      };
    }
  };
}
