import type { Announcements } from './announcements.ts';
import type { DeadLetters, ReceivedLetter, Requests } from './dead-letters.ts';
import { parseEnded } from './parse.ts';
import type { DeadLetter, Prediction } from './prediction.ts';
import type { PredictionsTable } from './predictions-table.ts';

/** Where predictions, their dead letters and requests are kept. */
export interface Stores {
  readonly table: PredictionsTable;
  readonly letters: DeadLetters;
  readonly requests: Requests;
  readonly announcements: Announcements;
}

/** What became of a letter: done now, or what the table said of its request instead. */
export type Handled =
  | { readonly isDone: true }
  | { readonly isDone: false; readonly prediction: Prediction | undefined };

/**
 * Tells whether a letter is one too many: its request was replayed, answered or dropped. One whose replay was begun and not ended
 * is none, nor is one whose request has expired, or one of a webhook.
 */
export function isStale(letter: DeadLetter, prediction: Prediction | undefined): boolean {
  if (letter.webhook || prediction === undefined || isReopened(prediction, letter)) return false;
  return (
    prediction.status !== 'failed' ||
    prediction.replays !== letter.replays ||
    prediction.letter === 'dropped'
  );
}

/** Whether a replay of the letter was begun, and not ended by sending its request. */
const isReopened = (prediction: Prediction | undefined, { replays }: DeadLetter): boolean =>
  prediction?.status === 'accepted' && prediction.replays === replays + 1;

/**
 * Sends the request of a dead letter once more. The table accepts it again, then its message is sent, and then the letter is
 * removed; a replay that was stopped on the way is gone on with. A message too many is harmless: the first answer counts. The end that a
 * webhook could not be told of is told on the bus again.
 *
 * @param expires epoch seconds at which the prediction expires
 */
export async function replay(
  received: ReceivedLetter,
  { table, letters, requests, announcements }: Stores,
  expires: number,
): Promise<Handled> {
  const { letter } = received;
  if (letter.webhook) {
    await announcements.tell(parseEnded(letter));
    await letters.remove(received);
    return { isDone: true };
  }
  const { id, workflow, replays, input } = letter;
  const { isReopened: isNew, prediction } = await table.reopen(letter, expires);
  const goesOn = isNew || isReopened(prediction, letter);
  if (goesOn) await requests.send({ id, workflow, replays: replays + 1, input });
  // Otherwise the letter is one too many: its request was replayed, or dropped.
  await letters.remove(received);
  return goesOn ? { isDone: true } : { isDone: false, prediction };
}

/** Removes a dead letter for good. The table goes on saying that the request failed, and that its letter was dropped. */
export async function drop(received: ReceivedLetter, { table, letters }: Stores): Promise<void> {
  if (!received.letter.webhook) await table.note(received.letter, 'dropped');
  await letters.remove(received);
}
