import type { Fields } from '@chorus/emulator-aws';
import { noStream } from '../errors.ts';
import { checkMembers, countOf, flagOf, groupOf, textOf, timesOf } from '../parameters.ts';
import { type LogEvent, readEvents } from '../read-events.ts';
import { refuseUnmask } from './describe.ts';
import { findGroup } from './find.ts';
import { badToken } from './tokens.ts';

/** Most bytes of messages in an answer. */
const pageBytes = 1_000_000;

/** Forward from a byte, or backward from it. */
interface Place {
  readonly isForward: boolean;
  readonly byte: number;
}

function placeOf(token: string | undefined): Place | undefined {
  if (token === undefined) return undefined;
  const { way, byte } = /^(?<way>[fb])\/(?<byte>\d{1,15})$/.exec(token)?.groups ?? {};
  if (byte === undefined) throw badToken();
  return { isForward: way === 'f', byte: Number(byte) };
}

/** The first events of a list that fit, or the last. */
function fitting(all: readonly LogEvent[], limit: number, isForward: boolean): readonly LogEvent[] {
  const ordered = isForward ? all : all.toReversed();
  let bytes = 0;
  const fit = ordered.findIndex(({ from, to }, index) => {
    bytes += to - from + 26;
    return index >= limit || (index > 0 && bytes > pageBytes);
  });
  const taken = fit === -1 ? ordered : ordered.slice(0, fit);
  return isForward ? taken : taken.toReversed();
}

/** Answers GetLogEvents: events of one stream, from its end unless `startFromHead`. @throws {AwsApiError} */
export async function getEvents(directory: string, fields: Fields): Promise<object> {
  checkMembers('GetLogEvents', fields, [
    'logGroupName',
    'logGroupIdentifier',
    'logStreamName',
    'startTime',
    'endTime',
    'nextToken',
    'limit',
    'startFromHead',
    'unmask',
  ]);
  refuseUnmask(fields);
  const name = textOf(fields, 'logStreamName', { most: 512, pattern: /^[^:*]*$/ });
  const limit = countOf(fields, 'limit', [1, 10_000]) ?? 10_000;
  const place = placeOf(textOf(fields, 'nextToken', { most: 100 }));
  const isForward = place?.isForward ?? flagOf(fields, 'startFromHead');
  const extent = timesOf(fields);
  const { streams } = await findGroup(directory, groupOf(fields));
  const stream = streams.find((each) => each.name === name);
  if (stream === undefined) throw noStream();
  const all: LogEvent[] = [];
  for await (const event of readEvents(stream, extent)) {
    const isAsked = place === undefined || place.isForward === event.from >= place.byte;
    if (isAsked) all.push(event);
  }
  const events = fitting(all, limit, isForward);
  const behind = events.at(-1)?.to ?? place?.byte ?? 0;
  const before = events[0]?.from ?? place?.byte ?? 0;
  return {
    events: events.map(({ timestamp, message }) => ({
      timestamp,
      message,
      ingestionTime: timestamp,
    })),
    nextForwardToken: `f/${behind}`,
    nextBackwardToken: `b/${before}`,
  };
}
