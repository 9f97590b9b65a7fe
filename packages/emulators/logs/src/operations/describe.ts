import { accountId, type Fields, region } from '@chorus/emulator-aws';
import { invalid, notDone } from '../errors.ts';
import { checkMembers, countOf, flagOf, groupOf, never, prefixOf, textOf } from '../parameters.ts';
import { readEvents } from '../read-events.ts';
import { listGroups, type StreamFile } from '../streams.ts';
import { findGroup } from './find.ts';
import { pageOf } from './tokens.ts';

const groupArn = (name: string): string => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

/** Answers DescribeLogGroups. @throws {AwsApiError} */
export async function describeGroups(directory: string, fields: Fields): Promise<object> {
  checkMembers('DescribeLogGroups', fields, [
    'logGroupNamePrefix',
    'logGroupNamePattern',
    'logGroupClass',
    'limit',
    'nextToken',
  ]);
  const prefix = prefixOf(fields, 'logGroupNamePrefix');
  const part = textOf(fields, 'logGroupNamePattern', { least: 0, most: 512 }) ?? '';
  if (prefix !== '' && part !== '')
    throw invalid(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  const isStandard = ['STANDARD', undefined].includes(
    textOf(fields, 'logGroupClass', {
      most: 100,
      pattern: /^(STANDARD|INFREQUENT_ACCESS|DELIVERY)$/,
    }),
  );
  const all = (await listGroups(directory)).filter(
    ({ name }) =>
      isStandard && name.startsWith(prefix) && name.toLowerCase().includes(part.toLowerCase()),
  );
  const limit = countOf(fields, 'limit', [1, 50]) ?? 50;
  const { entries, nextToken } = pageOf(all, limit, textOf(fields, 'nextToken', { most: 4096 }));
  return {
    logGroups: entries.map(({ name, streams }) => ({
      logGroupName: name,
      creationTime: Math.min(...streams.map(({ created }) => created)),
      metricFilterCount: 0,
      arn: `${groupArn(name)}:*`,
      logGroupArn: groupArn(name),
      storedBytes: streams.reduce((sum, { bytes }) => sum + bytes, 0),
      logGroupClass: 'STANDARD',
    })),
    ...(nextToken !== undefined && { nextToken }),
  };
}

/** A stream with the times of its first and its last event. */
async function timed(stream: StreamFile) {
  let first: number | undefined;
  let last: number | undefined;
  for await (const { timestamp } of readEvents(stream, { start: 0, end: never })) {
    first ??= timestamp;
    last = timestamp;
  }
  return { ...stream, first, last };
}

/** Answers DescribeLogStreams. @throws {AwsApiError} */
export async function describeStreams(directory: string, fields: Fields): Promise<object> {
  checkMembers('DescribeLogStreams', fields, [
    'logGroupName',
    'logGroupIdentifier',
    'logStreamNamePrefix',
    'orderBy',
    'descending',
    'limit',
    'nextToken',
  ]);
  const order = textOf(fields, 'orderBy', {
    most: 100,
    pattern: /^(LogStreamName|LastEventTime)$/,
  });
  const prefix = prefixOf(fields, 'logStreamNamePrefix');
  if (order === 'LastEventTime' && prefix !== '')
    throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  const { name, streams } = await findGroup(directory, groupOf(fields));
  const all = await Promise.all(
    streams.filter((stream) => stream.name.startsWith(prefix)).map(timed),
  );
  if (order === 'LastEventTime') all.sort((one, other) => (one.last ?? 0) - (other.last ?? 0));
  if (flagOf(fields, 'descending')) all.reverse();
  const limit = countOf(fields, 'limit', [1, 50]) ?? 50;
  const { entries, nextToken } = pageOf(all, limit, textOf(fields, 'nextToken', { most: 4096 }));
  return {
    logStreams: entries.map((stream) => ({
      logStreamName: stream.name,
      creationTime: stream.created,
      ...(stream.last !== undefined && {
        firstEventTimestamp: stream.first,
        lastEventTimestamp: stream.last,
        lastIngestionTime: stream.last,
      }),
      arn: `${groupArn(name)}:log-stream:${stream.name}`,
      storedBytes: 0,
    })),
    ...(nextToken !== undefined && { nextToken }),
  };
}

/** Refuses a request about what is not kept here. */
export function refuseUnmask(fields: Fields): void {
  if (flagOf(fields, 'unmask')) throw notDone('unmask: nothing is masked here');
}
