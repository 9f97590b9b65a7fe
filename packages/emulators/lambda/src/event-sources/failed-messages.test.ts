import { describe, expect, it } from 'vitest';
import type { QueueMessage } from './event-source.ts';
import { failedMessages } from './failed-messages.ts';

const messages = ['a', 'b', 'c'].map(
  (messageId): QueueMessage => ({
    messageId,
    receiptHandle: `handle of ${messageId}`,
    body: '',
    attributes: {},
    system: {},
  }),
);

const failed = (answer: string): readonly string[] =>
  failedMessages(messages, Buffer.from(answer)).map(({ messageId }) => messageId);

describe('an answer of a function', () => {
  it.each([
    [''],
    ['null'],
    ['{}'],
    ['{"batchItemFailures": null}'],
    ['{"batchItemFailures": []}'],
    ['{"statusCode": 200}'],
  ])('%s is a success of all messages', (answer) => {
    expect(failed(answer)).toEqual([]);
  });

  it('names the messages that failed', () => {
    const items = ['c', 'a', 'a'].map((itemIdentifier) => ({ itemIdentifier }));
    expect(failed(JSON.stringify({ batchItemFailures: items }))).toEqual(['a', 'c']);
  });

  it.each([
    ['{'],
    ['"done"'],
    ['{"batchItemFailures": {}}'],
    ['{"batchItemFailures": [{"itemIdentifier": ""}]}'],
    ['{"batchItemFailures": [{"itemIdentifier": null}]}'],
    ['{"batchItemFailures": [{"messageId": "a"}]}'],
    ['{"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "other"}]}'],
  ])('%s is a failure of all messages', (answer) => {
    expect(failed(answer)).toEqual(['a', 'b', 'c']);
  });
});
