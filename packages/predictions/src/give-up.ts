import type { DeadLetters } from './dead-letters.ts';
import type { DeadLetter, Ending, Failed, RequestMessage } from './prediction.ts';
import type { PredictionsTable } from './predictions-table.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Returns the dead letter of a request that failed. */
function letterOf({ input }: RequestMessage, prediction: Failed): DeadLetter {
  const { id, workflow, replays, statusCode, body, attempts, endedAt } = prediction;
  const { error, failed } = fieldsOf(body);
  return {
    id,
    workflow,
    replays,
    input,
    statusCode,
    error: typeof error === 'string' ? error : 'the workflow said nothing',
    ...(failed !== undefined && { failed }),
    attempts,
    failedAt: endedAt,
  };
}

/** Sends the dead letter of a request that has failed for good, if that was not done. */
async function sendLetter(
  request: RequestMessage,
  prediction: Failed,
  table: PredictionsTable,
  letters: DeadLetters,
): Promise<void> {
  if (prediction.letter !== 'unsent') return;
  await letters.send(letterOf(request, prediction));
  await table.note(prediction, 'sent');
}

/**
 * Ends a request that failed for good. First the table says so, then its dead letter is sent, and then the table says that too:
 * whatever stops it on the way, the next one to receive the message goes on from there. SQS takes the letter once if that is
 * within five minutes. One that was answered stays as it is.
 *
 * @returns what the table says of it, if it has failed
 */
export async function giveUp(
  request: RequestMessage,
  ending: Ending,
  table: PredictionsTable,
  letters: DeadLetters,
): Promise<Failed | undefined> {
  const prediction = await table.end(request, 'failed', ending);
  if (prediction?.status !== 'failed' || prediction.replays !== request.replays) return undefined;
  await sendLetter(request, prediction, table, letters);
  return prediction;
}
