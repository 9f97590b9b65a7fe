import type { QueueMessage } from './event-source.ts';

/** Every message of the batch has failed: the function's answer does not say which. */
const all = 'all';

function identifiersOf(answer: unknown): readonly string[] | typeof all {
  // An empty answer is a complete success.
  if (answer === null || typeof answer !== 'object')
    return answer === null || answer === undefined ? [] : all;
  const failures: unknown = Reflect.get(answer, 'batchItemFailures');
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return all;
  const identifiers = failures.map((each: unknown) =>
    typeof each === 'object' && each !== null ? Reflect.get(each, 'itemIdentifier') : undefined,
  );
  return identifiers.every((each) => typeof each === 'string' && each !== '') ? identifiers : all;
}

/**
 * Returns the messages of a batch that a function says it has failed with (`ReportBatchItemFailures`): all, if its answer is
 * none, or names a message that is not of the batch.
 *
 * @param payload the function's answer
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(
  messages: readonly QueueMessage[],
  payload: Uint8Array,
): readonly QueueMessage[] {
  let answer: unknown;
  try {
    answer = payload.byteLength === 0 ? null : JSON.parse(Buffer.from(payload).toString());
  } catch {
    // AWS too takes an answer that is no JSON as a failure of the whole batch.
    return messages;
  }
  const identifiers = identifiersOf(answer);
  if (identifiers === all) return messages;
  const named = new Set(identifiers);
  const failed = messages.filter(({ messageId }) => named.has(messageId));
  return failed.length < named.size ? messages : failed;
}
