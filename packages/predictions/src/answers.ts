/** The answers of models that were asked by messages: they come together in the item of their request. */

import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { RequestMessage } from './prediction.ts';
import type { Item } from './read-prediction.ts';

type Which = Pick<RequestMessage, 'id' | 'replays'>;

/** The answers to a request that waits, as JSON texts by model. */
export type Answers = Readonly<Record<string, string>>;

/** The part of the table that gathers answers. */
export interface AnswersTable {
  /**
   * Keeps a model's answer, unless one is kept.
   *
   * @param answer JSON text
   * @returns all answers that are kept then; undefined if the request has ended, was replayed, or is unknown
   */
  keep(request: Which, model: string, answer: string): Promise<Answers | undefined>;
  /** Returns the answers that are kept; undefined as above. */
  read(request: Which): Promise<Answers | undefined>;
}

/** Returns the answers of an item, if its request waits for them. */
function answersOf(item: Item | undefined, { replays }: Which): Answers | undefined {
  const isWaiting = item?.['status']?.S === 'accepted' && item['replays']?.N === String(replays);
  const answers = item?.['answers']?.M;
  if (!isWaiting || answers === undefined) return undefined;
  return Object.fromEntries(Object.entries(answers).map(([model, { S = '' }]) => [model, S]));
}

/** Opens the table for the answers of models. */
export function openAnswers(client: DynamoDBClient, tableName: string): AnswersTable {
  return {
    async keep(request, model, answer) {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: { id: { S: request.id } },
        UpdateExpression: 'SET answers.#model = :answer',
        ConditionExpression:
          '#status = :accepted AND replays = :replays AND attribute_exists(answers) AND attribute_not_exists(answers.#model)',
        ExpressionAttributeNames: { '#status': 'status', '#model': model },
        ExpressionAttributeValues: {
          ':accepted': { S: 'accepted' },
          ':replays': { N: String(request.replays) },
          ':answer': { S: answer },
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        return answersOf((await client.send(command)).Attributes, request);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return answersOf(error.Item, request);
      }
    },

    async read(request) {
      const command = new GetItemCommand({
        TableName: tableName,
        Key: { id: { S: request.id } },
        ConsistentRead: true,
      });
      return answersOf((await client.send(command)).Item, request);
    },
  };
}
