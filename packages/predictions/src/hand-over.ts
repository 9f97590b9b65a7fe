import type { Requests } from './dead-letters.ts';
import type { Prediction, RequestMessage } from './prediction.ts';

/** Hands a request that failed for good to the function that makes its dead letter, unless that was done. */
export async function handOver(
  { id, workflow, replays, input }: RequestMessage,
  prediction: Prediction | undefined,
  lost: Requests,
): Promise<void> {
  const isUnsent = prediction?.status === 'failed' && prediction.letter === 'unsent';
  if (isUnsent && prediction.replays === replays) await lost.send({ id, workflow, replays, input });
}
