import { createHash } from 'node:crypto';
import { queueArn, region } from '@chorus/emulator-aws';
import type { QueueMessage } from './event-source.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * Returns a message as Lambda's events of SQS have it.
 *
 * @param queue physical name
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
function sqsRecord(queue: string, message: QueueMessage): Readonly<Record<string, unknown>> {
  const { messageId, receiptHandle, body, system, attributes } = message;
  return {
    messageId,
    receiptHandle,
    body,
    attributes: system,
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: md5(body),
    ...(message.md5OfAttributes !== undefined && {
      md5OfMessageAttributes: message.md5OfAttributes,
    }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn(queue),
    awsRegion: region,
  };
}

/** A batch of messages, and the event that it becomes. */
export interface Batch {
  readonly messages: readonly QueueMessage[];
  readonly payload: Buffer;
}

/**
 * Makes events of messages, in their order: an event is as large as Lambda takes at most, so it may have fewer messages.
 *
 * @param mostBytes of one event
 */
export function batchesOf(
  queue: string,
  messages: readonly QueueMessage[],
  mostBytes: number,
): readonly Batch[] {
  const batches: Batch[] = [];
  let current: { message: QueueMessage; record: string }[] = [];
  let bytes = 0;
  const close = (): void => {
    if (current.length === 0) return;
    const records = current.map(({ record }) => record).join(',');
    batches.push({
      messages: current.map(({ message }) => message),
      payload: Buffer.from(`{"Records":[${records}]}`),
    });
    current = [];
    bytes = 0;
  };
  for (const message of messages) {
    const record = JSON.stringify(sqsRecord(queue, message));
    const size = Buffer.byteLength(record) + 20;
    if (bytes + size > mostBytes) close();
    current.push({ message, record });
    bytes += size;
  }
  close();
  return batches;
}
