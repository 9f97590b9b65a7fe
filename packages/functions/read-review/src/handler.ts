import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvalidRequestError, NotFoundError, UnavailableError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createReadHandler } from '@chorus/runtime/json-function';
import type { ReadSettings } from './env.ts';

/** Longest that reading a review may take, in milliseconds: less than the function's own time. */
const longestMs = 5000;

const idPattern = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * Makes the handler of `GET …/{id}`: what was kept under the id, as the workflow answered it, or `{"error": …}`: 400 for what
 * is no id, 404 where nothing is kept or it has expired, 503 when the table cannot be read.
 */
export function createReadReviewHandler(
  { table }: ReadSettings,
  clock: () => number = Date.now,
): Handler {
  const client = new DynamoDBClient({});
  return createReadHandler(async ({ pathParameters }) => {
    const id = pathParameters.get('id') ?? '';
    if (!idPattern.test(id))
      throw new InvalidRequestError(
        'id: expected 1 to 80 letters, digits, hyphens or underscores in the path',
      );
    const command = new GetItemCommand({
      TableName: table,
      Key: { id: { S: id } },
      // What a caller was told is kept has to be there.
      ConsistentRead: true,
      ProjectionExpression: '#result, #storedAt, #expires',
      ExpressionAttributeNames: {
        '#result': 'result',
        '#storedAt': 'storedAt',
        '#expires': 'expires',
      },
    });
    const { Item } = await client
      .send(command, { abortSignal: AbortSignal.timeout(longestMs) })
      .catch((cause: unknown) => {
        throw new UnavailableError('the review cannot be read right now; ask again', { cause });
      });
    // DynamoDB removes an item up to days after it has expired.
    if (Item === undefined || Number(Item['expires']?.N) * 1000 <= clock())
      throw new NotFoundError(`no review ${id}: none was kept under this id, or it has expired`);
    return {
      status: 200,
      value: {
        id,
        ...JSON.parse(Item['result']?.S ?? '{}'),
        storedAt: Item['storedAt']?.S,
      },
    };
  });
}
