import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mostAttempts } from '@chorus/blueprint';
import { giveUp, openDeadLetters, openPredictions, parseRequest } from '@chorus/predictions';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createQueueHandler } from '@chorus/runtime/queue-function';
import type { BurySettings } from './env.ts';

const error =
  'the function that runs the workflow ended every time before it could say why; its log tells more';

/**
 * Makes the handler of requests that failed for good, or that ended their consumer every time, so that SQS moved them here: each
 * becomes a dead letter, unless it was answered after all.
 */
export function createBuryHandler(
  { table, deadLettersQueue }: BurySettings,
  clock: () => number = Date.now,
): Handler {
  const predictions = openPredictions(new DynamoDBClient({}), table, clock);
  const letters = openDeadLetters(new SQSClient({}), deadLettersQueue);
  return createQueueHandler(async ({ body }) => {
    const request = parseRequest(body);
    const ending = { statusCode: 500, body: { error }, attempts: mostAttempts };
    await giveUp(request, ending, predictions, letters);
  });
}
