import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Ending, Failed, Prediction, RequestMessage } from './prediction.ts';
import { type Item, predictionOf, readPrediction } from './read-prediction.ts';

/** The names in a condition or an update; `status` is a word of DynamoDB's own. */
type Names = Readonly<Record<string, string>>;
type Values = Record<string, AttributeValue>;

/** The table of predictions. Every write has a condition, so that what is done twice is done once. */
export interface PredictionsTable {
  /** What is known of an id; undefined if it is none, or has expired. */
  read(id: string): Promise<Prediction | undefined>;
  /**
   * Ends a request that is accepted, with the status `done` or `failed`.
   *
   * @returns what the table says then: the ending of another one, if that came first
   */
  end(
    request: Pick<RequestMessage, 'id' | 'replays'>,
    status: 'done' | 'failed',
    ending: Ending,
  ): Promise<Prediction | undefined>;
  /** Notes that the dead letter of a request that failed is in its queue, or was dropped from there. */
  note(request: Pick<Failed, 'id' | 'replays'>, letter: 'sent' | 'dropped'): Promise<void>;
  /** Notes that the webhook of a request that has ended was told of that. */
  noteTold(request: Pick<RequestMessage, 'id' | 'replays'>): Promise<void>;
  /**
   * Accepts a request once more that failed for good and was not dropped; one that has expired too.
   *
   * @param expires epoch seconds
   * @returns what the table says of it then: if it was not accepted now, another request has changed it
   */
  reopen(
    request: Pick<RequestMessage, 'id' | 'workflow' | 'replays'>,
    expires: number,
  ): Promise<{ readonly isReopened: boolean; readonly prediction: Prediction | undefined }>;
}

/** Opens the table. @param clock epoch milliseconds */
export function openPredictions(
  client: DynamoDBClient,
  tableName: string,
  clock: () => number = Date.now,
): PredictionsTable {
  /** Returns the item after the update, or the one that did not meet the condition. */
  async function update(
    id: string,
    change: string,
    condition: string,
    names: Names,
    values: Values,
  ): Promise<{ readonly isDone: boolean; readonly item: Item | undefined }> {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: { id: { S: id } },
      UpdateExpression: change,
      ConditionExpression: condition,
      ExpressionAttributeNames: { ...names },
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      return { isDone: true, item: (await client.send(command)).Attributes };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { isDone: false, item: error.Item };
    }
  }

  return {
    read: (id) => readPrediction(client, tableName, id, clock),

    async end({ id, replays }, status, { statusCode, body, attempts }) {
      const { item } = await update(
        id,
        'SET #status = :status, statusCode = :code, body = :body, attempts = :attempts, endedAt = :now REMOVE answers',
        '#status = :accepted AND replays = :replays',
        { '#status': 'status' },
        {
          ':accepted': { S: 'accepted' },
          ':status': { S: status },
          ':code': { N: String(statusCode) },
          // As JSON: a map of DynamoDB's would round or refuse some numbers.
          ':body': { S: JSON.stringify(body) },
          ':attempts': { N: String(attempts) },
          ':now': { S: new Date(clock()).toISOString() },
          ':replays': { N: String(replays) },
        },
      );
      return item && predictionOf(item);
    },

    async note({ id, replays }, letter) {
      await update(
        id,
        'SET letter = :letter',
        '#status = :failed AND replays = :replays AND (attribute_not_exists(letter) OR letter <> :dropped)',
        { '#status': 'status' },
        {
          ':letter': { S: letter },
          ':failed': { S: 'failed' },
          ':dropped': { S: 'dropped' },
          ':replays': { N: String(replays) },
        },
      );
    },

    async noteTold({ id, replays }) {
      await update(
        id,
        'SET told = :replays',
        '#status <> :accepted AND replays = :replays',
        { '#status': 'status' },
        { ':accepted': { S: 'accepted' }, ':replays': { N: String(replays) } },
      );
    },

    async reopen({ id, workflow, replays }, expires) {
      const { isDone, item } = await update(
        id,
        'SET #status = :accepted, workflow = :workflow, replays = :next, acceptedAt = :now, expires = :expires REMOVE answers, statusCode, body, attempts, endedAt, letter',
        'attribute_not_exists(id) OR (#status = :failed AND replays = :replays AND (attribute_not_exists(letter) OR letter <> :dropped))',
        { '#status': 'status' },
        {
          ':accepted': { S: 'accepted' },
          ':failed': { S: 'failed' },
          ':dropped': { S: 'dropped' },
          ':workflow': { S: workflow },
          ':replays': { N: String(replays) },
          ':next': { N: String(replays + 1) },
          ':now': { S: new Date(clock()).toISOString() },
          ':expires': { N: String(expires) },
        },
      );
      return { isReopened: isDone, prediction: item && predictionOf(item) };
    },
  };
}
