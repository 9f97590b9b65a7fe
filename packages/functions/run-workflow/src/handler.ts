import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mostAttempts } from '@chorus/blueprint';
import {
  handOver,
  openAnnouncements,
  openPredictions,
  openRequests,
  parseRequest,
} from '@chorus/predictions';
import type { Handler, InvocationContext } from '@chorus/runtime/bootstrap';
import { NotAnsweredYetError } from '@chorus/runtime/errors';
import { createQueueHandler, type QueueMessage } from '@chorus/runtime/queue-function';
import type { RunSettings } from './env.ts';

import { openWorkflows } from './run.ts';

/** Left of the function's own time to write down what became of a workflow. */
const reserveMs = 3000;

/** Longest pause before another attempt, in seconds. */
const longestPause = 60;

/** Returns the pause after an attempt, in seconds: twice as long each time. */
const pauseAfter = (attempt: number): number => Math.min(2 ** attempt, longestPause);

/** Whether another attempt may end otherwise: too much to do, a fault of the service, no time. */
const isTransient = (statusCode: number): boolean => statusCode === 429 || statusCode >= 500;

/**
 * Makes the handler of requests that are answered later. Each runs its workflow and keeps the answer; what may end otherwise is
 * tried again after 2, 4, 8 and 16 s; what fails for good is handed over to become a dead letter. A message that comes again changes nothing.
 */
export function createRunHandler(settings: RunSettings, clock: () => number = Date.now): Handler {
  const queues = new SQSClient({});
  const table = openPredictions(new DynamoDBClient({}), settings.table, clock);
  const lost = openRequests(queues, settings.lostQueue);
  const run = openWorkflows(settings);
  const announcements = openAnnouncements(settings.bus);

  /** Lets a message be received again after a pause. Where that fails it comes once the queue's own time is over. */
  async function postpone(message: QueueMessage, { notes }: InvocationContext): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: settings.queue,
      ReceiptHandle: message.receiptHandle,
      VisibilityTimeout: pauseAfter(message.receives),
    });
    await queues.send(command).catch((error: Error) => {
      notes['notPostponed'] = error.name;
    });
  }

  return createQueueHandler(async (message, context) => {
    const request = parseRequest(message.body);
    const known = await table.read(request.id);
    // Another delivery, or a replay, has come before; or it has expired.
    if (known?.replays !== request.replays) return;
    // Whether it was told of is not known.
    if (known.status === 'done') return announcements.tell(known);
    if (known.status === 'failed') return handOver(request, known, lost);

    const leftMs = Math.max(0, context.deadlineMs - clock() - reserveMs);
    const answer = await run(request, AbortSignal.timeout(leftMs));
    const ending = { ...answer, attempts: message.receives };
    if (answer.statusCode < 400) {
      const ended = await table.end(request, 'done', ending);
      if (ended?.status === 'done') await announcements.tell(ended);
    } else if (isTransient(answer.statusCode) && message.receives < mostAttempts) {
      await postpone(message, context);
      throw new NotAnsweredYetError(`the workflow answered ${answer.statusCode}`);
    } else {
      await handOver(request, await table.end(request, 'failed', ending), lost);
    }
  });
}
