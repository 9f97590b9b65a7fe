import { MessagingApiError } from '../errors.ts';
import type { Json } from '../json.ts';
import { checked, type Parameters } from '../parameters.ts';
import type { Store } from '../store.ts';
import { notDone } from './not-done.ts';
import { type SnsOperation, topicOf } from './operation.ts';
import { mostBytes, publish, published, publishParameters } from './publish.ts';

function publishBatch(parameters: Parameters, store: Store): Json {
  const topic = topicOf(parameters, store);
  const entries = parameters.entries('PublishBatchRequestEntries');
  if (entries.length === 0)
    throw new MessagingApiError(
      'EmptyBatchRequest',
      "The batch request doesn't contain any entries.",
    );
  if (entries.length > 10)
    throw new MessagingApiError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  const ids = entries.map((each) => String(each['Id'] ?? ''));
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new MessagingApiError(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  if (new Set(ids).size < ids.length)
    throw new MessagingApiError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  let bytes = 0;
  for (const [index, entry] of entries.entries()) {
    const Id = ids[index];
    try {
      const known = { Id: 'text', ...publishParameters } as const;
      const message = published(checked(entry, known, (name) => notDone(`${name} in an entry`)));
      bytes += message.bytes;
      if (bytes > mostBytes)
        throw new MessagingApiError(
          'BatchRequestTooLong',
          'The length of all the messages put together is more than the limit.',
        );
      Successful.push({ Id, ...publish(store, topic, message) });
    } catch (error) {
      if (!(error instanceof MessagingApiError)) throw error;
      Failed.push({ Id, Code: error.name, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

/** Operations on messages. */
export const publishOperations: Readonly<Record<string, SnsOperation>> = {
  Publish: {
    known: { TopicArn: 'text', ...publishParameters },
    run: (parameters, store) => publish(store, topicOf(parameters, store), published(parameters)),
  },
  PublishBatch: {
    known: { TopicArn: 'text', PublishBatchRequestEntries: 'entries' },
    run: publishBatch,
  },
};
