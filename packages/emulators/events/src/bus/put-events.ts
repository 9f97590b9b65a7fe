import { randomUUID } from 'node:crypto';
import type { Clock } from '@chorus/asl';
import { AwsApiError, accountId, type Fields, fieldsOf, region } from '@chorus/emulator-aws';
import { usualAge, usualRetries } from '../deliver.ts';
import { invalid } from '../errors.ts';
import { checkMembers, listOf } from '../json-body.ts';
import type { Store } from '../store/open-store.ts';
import type { Buses, ServedBus } from './buses.ts';
import { type Entry, entryMembers, readEntry, sizeOf } from './read-entry.ts';

/** Most entries of a request. */
const mostEntries = 10;

/** Most bytes of all entries of a request together: 1 MB since January 2026, 256 kB before. */
const mostBytes = 1024 * 1024;

/** Levels of a detail that EventBridge reads. */
const deepest = 1000;

/** What became of an entry. */
type PutEntry =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

export interface PutAnswer {
  readonly FailedEntryCount: number;
  readonly Entries: readonly PutEntry[];
}

interface Surroundings {
  readonly buses: Buses;
  readonly store: Store;
  readonly clock: Clock;
}

const missing = (name: string): AwsApiError =>
  new AwsApiError(
    'InvalidArgument',
    `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  );

function depthOf(value: unknown): number {
  let depth = 0;
  let level: readonly unknown[] = [value];
  while (level.length > 0 && depth <= deepest) {
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
    depth += 1;
  }
  return depth;
}

function detailOf(text: string): object {
  const malformed = new AwsApiError('MalformedDetail', 'Detail is malformed.');
  let detail: unknown;
  try {
    detail = JSON.parse(text);
  } catch {
    throw malformed;
  }
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) throw malformed;
  if (depthOf(detail) > deepest) throw malformed;
  return detail;
}

/** Returns the event of an entry. @throws {AwsApiError} the entry's failure */
function eventOf(entry: Entry, id: string, now: number): object {
  const { source, detailType, detail, resources, time = now } = entry;
  if (!source) throw missing('Source');
  if (!detailType) throw missing('DetailType');
  if (!detail) throw missing('Detail');
  if (source.startsWith('aws.'))
    throw new AwsApiError('NotAuthorizedForSourceException', 'Not authorized for the source.');
  return envelope({ source, detailType, resources, detail: detailOf(detail) }, id, time);
}

/** An event of one of the cloud's own services. */
export interface ServiceEvent {
  /** `aws.s3` */
  readonly source: string;
  /** `Object Created` */
  readonly detailType: string;
  /** ARNs. */
  readonly resources: readonly string[];
  readonly detail: object;
}

function envelope(
  { source, detailType, resources, detail }: ServiceEvent,
  id: string,
  time: number,
): object {
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account: accountId,
    time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources,
    detail,
  };
}

/** Stores a delivery for each rule that matches. */
function keep(bus: ServedBus, event: object, id: string, { store, clock }: Surroundings): void {
  const now = clock.now();
  const body = JSON.stringify(event);
  for (const { matches, target, arn } of bus.rules)
    if (matches(event))
      store.addDelivery({
        // A state machine's execution has this name, so that it is started once.
        name: `${id}_${randomUUID()}`,
        arn: target.arn,
        body: target.input ?? body,
        ...(target.deadLetters !== undefined && {
          deadLetters: { arn: target.deadLetters, attributes: { RULE_ARN: arn } },
        }),
        retries: usualRetries,
        until: now + usualAge,
        due: now,
      });
}

/**
 * Takes events: what was accepted is on disk when this returns. An event for a bus that is not there is a failed entry.
 *
 * @throws {AwsApiError} ValidationException for too many entries or bytes
 */
export function putEvents(fields: Fields, surroundings: Surroundings): PutAnswer {
  checkMembers('EventBridge', 'PutEvents', fields, ['Entries']);
  const given = listOf('Entries', fields['Entries']);
  if (given.length < 1 || given.length > mostEntries)
    throw invalid(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${given.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${mostEntries}`}`,
    );
  for (const each of given)
    checkMembers('EventBridge', 'PutEvents', fieldsOf('Entries', each), entryMembers);
  const entries = given.map(readEntry);
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > mostBytes)
    throw invalid(
      `Total size of the entries in the request is over the limit: ${bytes} of ${mostBytes} bytes.`,
    );
  const { store, buses, clock } = surroundings;
  const answers = store.transact(() =>
    entries.map((entry): PutEntry => {
      const id = randomUUID();
      try {
        const bus = buses.find(entry.bus);
        keep(bus, eventOf(entry, id, clock.now()), id, surroundings);
        return { EventId: id };
      } catch (error) {
        if (!(error instanceof AwsApiError)) throw error;
        return { ErrorCode: error.name, ErrorMessage: error.message };
      }
    }),
  );
  return {
    FailedEntryCount: answers.filter((each) => 'ErrorCode' in each).length,
    Entries: answers,
  };
}

/** Puts an event of a service on the default bus, where services put theirs: it is on disk when this returns. */
export function putServiceEvent(event: ServiceEvent, surroundings: Surroundings): void {
  const { store, buses, clock } = surroundings;
  const id = randomUUID();
  store.transact(() =>
    keep(buses.find(undefined), envelope(event, id, clock.now()), id, surroundings),
  );
}
