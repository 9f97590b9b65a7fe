import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mostAttempts } from '@chorus/blueprint';
import {
  giveUp,
  hasQuestions,
  openDeadLetters,
  openPredictions,
  openRequests,
  parseRequest,
} from '@chorus/predictions';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createQueueHandler } from '@chorus/runtime/queue-function';
import type { BurySettings } from './env.ts';

const error =
  'the function that runs the workflow ended every time before it could say why; its log tells more';

/**
 * Makes the handler of requests that failed for good, or that ended their consumer every time, so that SQS moved them here: each
 * becomes a dead letter, unless it was answered after all. Questions to a model that ended its function every time are no failure
 * of their request yet: its workflow is run as a whole.
 */
export function createBuryHandler(
  { table, deadLettersQueue, requestsQueue }: BurySettings,
  clock: () => number = Date.now,
): Handler {
  const predictions = openPredictions(new DynamoDBClient({}), table, clock);
  const queues = new SQSClient({});
  const letters = openDeadLetters(queues, deadLettersQueue);
  const requests = openRequests(queues, requestsQueue);
  return createQueueHandler(async ({ body }) => {
    const request = parseRequest(body);
    if (hasQuestions(body)) {
      const known = await predictions.read(request.id);
      // It has not been run as a whole, whose other models may answer.
      if (known?.status === 'accepted') return requests.send(request);
    }
    const ending = { statusCode: 500, body: { error }, attempts: mostAttempts };
    await giveUp(request, ending, predictions, letters);
  });
}
