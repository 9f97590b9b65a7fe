import { physicalName, queueName } from '@chorus/blueprint/names';
import type {
  DeadLetters,
  Prediction,
  PredictionsTable,
  ReceivedLetter,
} from '@chorus/predictions';
import { CliError, isCausedBy } from './errors.ts';
import type { Target } from './target.ts';

/** What there is to do with dead letters in the cloud of a command. */
export interface DeadLetterOffice {
  readonly table: PredictionsTable;
  /**
   * Takes letters from the queue one after the other, each once. One that is not removed goes back at the end.
   *
   * @param ids only these, until all are found; without any, every letter
   */
  take(ids: readonly string[]): AsyncGenerator<ReceivedLetter>;
  /** Sends the request of a letter once more. @returns why that was not done; undefined when it was */
  replay(received: ReceivedLetter): Promise<string | undefined>;
  /** Removes a letter for good. */
  drop(received: ReceivedLetter): Promise<undefined>;
}

/**
 * Does something with the dead letters of a cloud, and closes the connections to it.
 *
 * @throws {CliError} if there is no queue of dead letters
 */
export async function withDeadLetters<Result>(
  target: Target,
  work: (office: DeadLetterOffice) => Promise<Result>,
): Promise<Result> {
  const [
    { DynamoDBClient },
    { EventBridgeClient },
    { GetQueueUrlCommand, SQSClient },
    predictions,
    blueprint,
  ] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/client-eventbridge'),
    import('@aws-sdk/client-sqs'),
    import('@chorus/predictions'),
    import('@chorus/blueprint'),
  ]);
  const { deadLettersQueue, predictionDays, predictionsBus, predictionsQueue, predictionsTable } =
    blueprint;
  const dynamodb = new DynamoDBClient(target.client);
  const events = new EventBridgeClient(target.client);
  const sqs = new SQSClient(target.client);
  const urlOf = async (name: string): Promise<string> => {
    try {
      const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
      return QueueUrl;
    } catch (cause) {
      if (!isCausedBy(cause, 'QueueDoesNotExist')) throw cause;
      throw new CliError(
        `There is no queue ${name} in ${target.label}: ${target.stage === undefined ? 'start it again with the blueprint of now' : `deploy the stage ${target.stage}, or name another with --stage`}`,
        { cause },
      );
    }
  };
  try {
    const { stage } = target;
    const letters = predictions.openDeadLetters(
      sqs,
      await urlOf(queueName({ name: deadLettersQueue, fifo: true }, stage)),
    );
    const requests = predictions.openRequests(
      sqs,
      await urlOf(queueName({ name: predictionsQueue }, stage)),
    );
    const table = predictions.openPredictions(dynamodb, physicalName(predictionsTable, stage));
    const announcements = predictions.openAnnouncements(
      physicalName(predictionsBus, stage),
      events,
    );
    const stores = { table, letters, requests, announcements };
    const isStale = async ({ letter }: ReceivedLetter) =>
      predictions.isStale(letter, await table.read(letter.id));
    return await work({
      table,
      take: (ids) => takeFrom(letters, ids, isStale),
      async replay(received) {
        const expires = Math.floor(Date.now() / 1000) + predictionDays * 86_400;
        const handled = await predictions.replay(received, stores, expires);
        return handled.isDone ? undefined : whyNoLetter(received.letter.id, handled.prediction);
      },
      async drop(received) {
        await predictions.drop(received, stores);
        return undefined;
      },
    });
  } finally {
    dynamodb.destroy();
    events.destroy();
    sqs.destroy();
  }
}

/**
 * Removes letters that are one too many, and hands back what else was taken, whatever happened to it: a letter that was removed is
 * not there any more.
 */
async function* takeFrom(
  letters: DeadLetters,
  ids: readonly string[],
  isStale: (received: ReceivedLetter) => Promise<boolean>,
): AsyncGenerator<ReceivedLetter> {
  const wanted = new Set(ids);
  const taken: ReceivedLetter[] = [];
  try {
    for (;;) {
      const received = await letters.receive();
      taken.push(...received);
      for (const each of received) {
        if (ids.length > 0 && !wanted.has(each.letter.id)) continue;
        if (await isStale(each)) {
          await letters.remove(each);
          continue;
        }
        wanted.delete(each.letter.id);
        yield each;
      }
      if (received.length === 0 || (ids.length > 0 && wanted.size === 0)) return;
    }
  } finally {
    await Promise.allSettled(taken.map((each) => letters.release(each)));
  }
}

/** Returns why there is no dead letter of an id, by what the table says of it. */
export function whyNoLetter(id: string, prediction: Prediction | undefined): string {
  if (prediction === undefined)
    return `There is no dead letter ${id}, and no request of this id; it may have expired`;
  const { status, replays, workflow } = prediction;
  const replayed = replays === 0 ? '' : ' after it was replayed';
  if (status === 'done')
    return `There is no dead letter ${id}: ${workflow} has answered the request${replayed}`;
  if (status === 'accepted')
    return replays === 0
      ? `There is no dead letter ${id}: the request has not failed, it waits for ${workflow}`
      : `There is no dead letter ${id}: it was replayed already, and waits for ${workflow}`;
  if (prediction.letter === 'dropped')
    return `There is no dead letter ${id}: it was dropped. Send the request again`;
  return `The dead letter ${id} is being looked at by another command: try again in two minutes`;
}
