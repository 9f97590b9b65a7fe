import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';

/** A URL that is registered. */
export interface RegisteredWebhook {
  readonly url: string;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** The URLs that may get answers as webhooks, each with its own secret. */
export interface WebhooksTable {
  /** Registers a URL. @returns false if it is registered already: its secret stays */
  add(url: string, secret: string): Promise<boolean>;
  /** Lists them in the order of their URLs, without their secrets. */
  list(): Promise<readonly RegisteredWebhook[]>;
  /** @returns false if it was not registered */
  remove(url: string): Promise<boolean>;
}

/** Opens the table. @param clock epoch milliseconds */
export function openWebhooks(
  client: DynamoDBClient,
  tableName: string,
  clock: () => number = Date.now,
): WebhooksTable {
  return {
    async add(url, secret) {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: {
          url: { S: url },
          secret: { S: secret },
          addedAt: { S: new Date(clock()).toISOString() },
        },
        ConditionExpression: 'attribute_not_exists(#url)',
        ExpressionAttributeNames: { '#url': 'url' },
      });
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async list() {
      const found: RegisteredWebhook[] = [];
      const pages = paginateScan(
        { client },
        {
          TableName: tableName,
          ProjectionExpression: '#url, addedAt',
          ExpressionAttributeNames: { '#url': 'url' },
        },
      );
      for await (const { Items = [] } of pages)
        found.push(
          ...Items.map(({ url, addedAt }) => ({ url: url?.S ?? '', addedAt: addedAt?.S ?? '' })),
        );
      return found.toSorted((one, other) => (one.url < other.url ? -1 : 1));
    },

    async remove(url) {
      const command = new DeleteItemCommand({
        TableName: tableName,
        Key: { url: { S: url } },
        ReturnValues: 'ALL_OLD',
      });
      return (await client.send(command)).Attributes !== undefined;
    },
  };
}
