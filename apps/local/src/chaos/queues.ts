import type { AwsAnswer } from '@chorus/emulator-aws';
import { errorAnswer } from '@chorus/emulator-queues';
import { type FaultyService, halved } from './service-faults.ts';

/** Operations on messages; those on queues themselves have no faults. */
const onMessages =
  /^(?:SendMessage|DeleteMessage|ChangeMessageVisibility)(?:Batch)?$|^ReceiveMessage$/;

/** Returns the queue that an operation of SQS sends to or receives from; none for operations on queues themselves. */
export function queuesOf(operation: string, parameters: unknown): readonly string[] {
  const url: unknown = Object(parameters).QueueUrl;
  if (!onMessages.test(operation) || typeof url !== 'string') return [];
  return [url.slice(url.lastIndexOf('/') + 1)];
}

/** Half of each message's body is lost, whose MD5 stays; half of an answer without messages. */
function corrupt(answer: AwsAnswer): AwsAnswer {
  const text = Buffer.from(answer.body).toString();
  const { Messages: messages, ...rest } = JSON.parse(text);
  if (!Array.isArray(messages) || messages.length === 0) return halved(answer);
  const damaged = messages.map(({ Body, ...others }) => ({
    ...others,
    Body: String(Body).slice(0, String(Body).length >> 1),
  }));
  return { ...answer, body: JSON.stringify({ ...rest, Messages: damaged }) };
}

/** SQS, whose queues may have faults. */
export const faultyQueues: FaultyService = {
  kind: 'queue',
  namesOf: queuesOf,
  failure: { name: 'InternalFailure', message: 'The queue fails: chaos was told to.', status: 500 },
  throttling: {
    name: 'RequestThrottled',
    message: 'The request was denied due to request throttling: chaos was told to.',
    status: 400,
  },
  errorAnswer,
  corrupt,
};
