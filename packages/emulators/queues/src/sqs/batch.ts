import { MessagingApiError } from '../errors.ts';
import type { Json } from '../json.ts';
import { checked, type Kind, type Parameters } from '../parameters.ts';
import { notDone } from './not-done.ts';

/** One entry of a batch, whose parameters are checked when its turn comes. */
interface Entry {
  readonly id: string;
  readonly given: Json;
}

function entriesOf(parameters: Parameters): readonly Entry[] {
  const entries = parameters
    .entries('Entries')
    .map((given) => ({ id: String(given['Id']), given }));
  if (entries.length === 0)
    throw new MessagingApiError(
      'EmptyBatchRequest',
      'There should be at least one entry in the request.',
    );
  if (entries.length > 10)
    throw new MessagingApiError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  if (!entries.every(({ id, given }) => given['Id'] !== undefined && /^[\w-]{1,80}$/.test(id)))
    throw new MessagingApiError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  if (new Set(entries.map(({ id }) => id)).size < entries.length)
    throw new MessagingApiError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  return entries;
}

/**
 * Runs each entry of a batch; one that is refused leaves the others as they are.
 *
 * @param known the kinds of an entry's parameters
 * @param run returns what is said about the entry
 * @throws {MessagingApiError} if the batch is none
 */
export function runBatch(
  parameters: Parameters,
  known: Readonly<Record<string, Kind>>,
  run: (entry: Parameters) => Json,
): Json {
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  for (const { id, given } of entriesOf(parameters)) {
    try {
      const entry = checked(given, { Id: 'text', ...known }, (name) =>
        notDone(`${name} in an entry`),
      );
      Successful.push({ Id: id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof MessagingApiError) || error.name === 'BatchRequestTooLong')
        throw error;
      Failed.push({ Id: id, SenderFault: true, Code: error.name, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}
