import type { Fields } from '@chorus/emulator-aws';
import { invalid, noStream } from '../errors.ts';
import { type Matches, parsePattern } from '../filter/parse-pattern.ts';
import {
  checkMembers,
  countOf,
  flagOf,
  groupOf,
  prefixOf,
  textOf,
  textsOf,
  timesOf,
} from '../parameters.ts';
import { type LogEvent, type Position, readEvents } from '../read-events.ts';
import type { GroupFiles, StreamFile } from '../streams.ts';
import { refuseUnmask } from './describe.ts';
import { findGroup } from './find.ts';
import { badToken, readToken, writeToken } from './tokens.ts';

/** Most bytes of messages in an answer, and of the log that is read for it. */
const pageBytes = 1_000_000;
const scanBytes = 8_000_000;

/** What a token stands for: how far each stream has been read. */
type Positions = Readonly<Record<string, Position>>;

function positionsOf(token: string | undefined): Positions {
  if (token === undefined) return {};
  const value = readToken(token);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badToken();
  for (const position of Object.values(value) as unknown[]) {
    const { byte, time } = Object(position);
    if (!Number.isSafeInteger(byte) || !Number.isSafeInteger(time)) throw badToken();
  }
  return value as Positions;
}

/** The streams that a request is about. @throws {AwsApiError} */
function streamsOf({ streams }: GroupFiles, fields: Fields): readonly StreamFile[] {
  const names = textsOf(fields, 'logStreamNames', [1, 100]);
  const prefix = prefixOf(fields, 'logStreamNamePrefix');
  if (names !== undefined && prefix !== '')
    throw invalid('logStreamNames and logStreamNamePrefix cannot be specified together.');
  if (names?.some((name) => !streams.some((stream) => stream.name === name))) throw noStream();
  return streams.filter(({ name }) => names?.includes(name) ?? name.startsWith(prefix));
}

/** A stream that is being read, one event ahead. */
interface Reading {
  readonly stream: StreamFile;
  readonly events: AsyncGenerator<LogEvent, void>;
  next: LogEvent | undefined;
  position: Position | undefined;
}

const advance = async (reading: Reading): Promise<void> => {
  const { value } = await reading.events.next();
  reading.next = value ?? undefined;
};

/** The earliest event of all streams that are not at their end. */
function earliest(readings: readonly Reading[]): Reading | undefined {
  let found: Reading | undefined;
  for (const reading of readings) {
    const isEarlier =
      reading.next !== undefined &&
      (found?.next === undefined || reading.next.timestamp < found.next.timestamp);
    if (isEarlier) found = reading;
  }
  return found;
}

const idOf = ({ timestamp, from }: LogEvent, stream: number): string =>
  `${String(timestamp).padStart(20, '0')}${String(stream).padStart(16, '0')}${String(from).padStart(20, '0')}`;

/** A page of events that match, in the order of their times. */
async function readPage(readings: readonly Reading[], matches: Matches, limit: number) {
  const events: object[] = [];
  let bytes = 0;
  let scanned = 0;
  for (;;) {
    const reading = earliest(readings);
    if (reading?.next === undefined) return { events, isOver: true };
    const event = reading.next;
    const isAsked = matches(event.message);
    const size = event.to - event.from + 26;
    const isFull =
      events.length === limit || (isAsked && events.length > 0 && bytes + size > pageBytes);
    if (isFull || scanned > scanBytes) return { events, isOver: false };
    if (isAsked) {
      bytes += size;
      events.push({
        logStreamName: reading.stream.name,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.timestamp,
        eventId: idOf(event, readings.indexOf(reading)),
      });
    }
    scanned += size;
    reading.position = { byte: event.to, time: event.timestamp };
    await advance(reading);
  }
}

/** Answers FilterLogEvents: events of all streams of a group by their time, those of a pattern. @throws {AwsApiError} */
export async function filterEvents(directory: string, fields: Fields): Promise<object> {
  checkMembers('FilterLogEvents', fields, [
    'logGroupName',
    'logGroupIdentifier',
    'logStreamNames',
    'logStreamNamePrefix',
    'startTime',
    'endTime',
    'filterPattern',
    'nextToken',
    'limit',
    'interleaved',
    'unmask',
  ]);
  refuseUnmask(fields);
  // Deprecated: AWS takes any value, and interleaves.
  flagOf(fields, 'interleaved');
  const matches = parsePattern(textOf(fields, 'filterPattern', { least: 0, most: 1024 }) ?? '');
  const limit = countOf(fields, 'limit', [1, 10_000]) ?? 10_000;
  const positions = positionsOf(textOf(fields, 'nextToken', { most: 65_536 }));
  const { start, end } = timesOf(fields);
  const streams = streamsOf(await findGroup(directory, groupOf(fields)), fields);
  const readings = streams.map((stream): Reading => {
    const position = positions[stream.name];
    const from = position && { from: position };
    // The last moment that is asked for is included.
    const events = readEvents(stream, { start, end: end + 1, ...from });
    return { stream, events, next: undefined, position };
  });
  try {
    await Promise.all(readings.map(advance));
    const { events, isOver } = await readPage(readings, matches, limit);
    const read = readings.flatMap(({ stream, position }) =>
      position === undefined ? [] : [[stream.name, position] as const],
    );
    return {
      events,
      searchedLogStreams: [],
      ...(!isOver && { nextToken: writeToken(Object.fromEntries(read)) }),
    };
  } finally {
    await Promise.all(readings.map(({ events }) => events.return()));
  }
}
