import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mostAttempts } from '@chorus/blueprint';
import {
  giveUp,
  hasQuestions,
  openAnnouncements,
  openDeadLetters,
  openPredictions,
  openRequests,
  openUnreadable,
  parseRequest,
  type RequestMessage,
} from '@chorus/predictions';
import { InvalidRequestError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createQueueHandler } from '@chorus/runtime/queue-function';
import { createTakingHandler } from '@chorus/runtime/taking-handler';
import type { BurySettings } from './env.ts';

const error =
  'the function that runs the workflow ended every time before it could say why; its log tells more';

/** Returns the request in a message; undefined if it is none. */
function requestIn(body: string): RequestMessage | undefined {
  try {
    return parseRequest(body);
  } catch (error) {
    if (error instanceof InvalidRequestError) return undefined;
    throw error;
  }
}

/**
 * Makes the handler of requests that failed for good, or that ended their consumer every time, so that SQS moved them here: each
 * becomes a dead letter, unless it was answered after all. Questions to a model that ended its function every time are no failure
 * of their request yet: its workflow is run as a whole. What is no request at all would be received for days: it is put away, as it
 * came, where a person may look at it.
 */
export function createBuryHandler(
  { table, deadLettersQueue, lostQueue, requestsQueue, unreadableQueue, bus }: BurySettings,
  clock: () => number = Date.now,
): Handler {
  const predictions = openPredictions(new DynamoDBClient({}), table, clock);
  const queues = new SQSClient({});
  const letters = openDeadLetters(queues, deadLettersQueue);
  const requests = openRequests(queues, requestsQueue);
  const unreadable = openUnreadable(queues, unreadableQueue);
  const announcements = openAnnouncements(bus);
  const handler = createQueueHandler(async ({ body }, { notes }) => {
    const request = requestIn(body);
    if (request === undefined) {
      notes['unreadable'] = true;
      return unreadable.send(body);
    }
    if (hasQuestions(body)) {
      const known = await predictions.read(request.id);
      // It has not been run as a whole, whose other models may answer.
      if (known?.status === 'accepted') return requests.send(request);
    }
    const ending = { statusCode: 500, body: { error }, attempts: mostAttempts };
    const failed = await giveUp(request, ending, predictions, letters);
    if (failed !== undefined) await announcements.tell(failed);
  });
  return createTakingHandler(handler, queues, lostQueue, clock);
}
