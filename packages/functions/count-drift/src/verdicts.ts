import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** A verdict that says something: too few rows say nothing, and leave the one before as it is. */
type Settled = 'drift' | 'no drift';

/** The last verdict on a model, as it is kept. */
interface KeptVerdict {
  readonly version: string;
  readonly verdict: Settled;
  /** When it became so, in epoch milliseconds. */
  readonly since: number;
  /** Whether that has been told of. */
  readonly told: boolean;
}

/** The last verdict on each model, in the table of counts. */
export interface Verdicts {
  /**
   * Keeps a verdict.
   *
   * @param now epoch milliseconds
   * @returns when the model began to drift, if that is still to be told; undefined otherwise
   * @throws what the AWS SDK throws
   */
  keep(model: string, version: string, verdict: Settled, now: number): Promise<number | undefined>;
  /** Writes down that the drift since a moment has been told of. */
  markTold(model: string, since: number): Promise<void>;
}

/** Sort key of the item: before every window, whose keys begin with a year. */
const sortKey = '#verdict';

/** How long the run that found a drift has to tell of it, in milliseconds; the time-out of the function. Then another run does. */
const tellingMs = 5 * 60 * 1000;

/** Opens the verdicts that are kept in a table. */
export function openVerdicts(client: DynamoDBClient, table: string): Verdicts {
  const keyOf = (model: string) => ({ model: { S: model }, window: { S: sortKey } });

  async function read(model: string): Promise<KeptVerdict | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(model), ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    const { version, verdict, since, told } = Item;
    return {
      version: version?.S ?? '',
      verdict: verdict?.S === 'drift' ? 'drift' : 'no drift',
      since: Number(since?.N ?? 0),
      told: told?.BOOL ?? false,
    };
  }

  /** @returns whether it was written: another run may have kept a verdict since */
  async function replace(
    model: string,
    before: KeptVerdict | undefined,
    { version, verdict, since }: Omit<KeptVerdict, 'told'>,
  ): Promise<boolean> {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            ...keyOf(model),
            version: { S: version },
            verdict: { S: verdict },
            since: { N: String(since) },
            told: { BOOL: false },
          },
          ...(before === undefined
            ? { ConditionExpression: 'attribute_not_exists(model)' }
            : {
                ConditionExpression: '#since = :since AND #verdict = :verdict',
                ExpressionAttributeNames: { '#since': 'since', '#verdict': 'verdict' },
                ExpressionAttributeValues: {
                  ':since': { N: String(before.since) },
                  ':verdict': { S: before.verdict },
                },
              }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    async keep(model, version, verdict, now) {
      const before = await read(model);
      const isSame = before?.version === version && before.verdict === verdict;
      if (isSame) {
        const isForgotten = !before.told && now - before.since >= tellingMs;
        return verdict === 'drift' && isForgotten ? before.since : undefined;
      }
      const isWritten = await replace(model, before, { version, verdict, since: now });
      // Of two runs at once one has written it, and tells.
      return isWritten && verdict === 'drift' ? now : undefined;
    },
    async markTold(model, since) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(model),
            UpdateExpression: 'SET #told = :true',
            ConditionExpression: '#since = :since',
            ExpressionAttributeNames: { '#told': 'told', '#since': 'since' },
            ExpressionAttributeValues: { ':true': { BOOL: true }, ':since': { N: String(since) } },
          }),
        );
      } catch (error) {
        // A later verdict took its place.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
