import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  PutLogEventsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineAt, type RunningLogs, startLogs } from './testing/start-logs.ts';

let logs: RunningLogs;
beforeEach(async () => {
  logs = await startLogs();
});
afterEach(() => logs.remove());

const start = Date.parse('2026-11-29T10:00:00Z');
const logGroupName = '/aws/lambda/svr';

const write = (name: string, text: string): Promise<void> =>
  writeFile(join(logs.directory, name), text);

/** Returns all pages of what is asked for. */
async function filter(
  input: Omit<FilterLogEventsCommandInput, 'logGroupName'>,
  pageSize?: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  const pages = paginateFilterLogEvents(
    { client: logs.client, ...(pageSize !== undefined && { pageSize }) },
    { logGroupName, ...input },
  );
  for await (const { events = [] } of pages)
    found.push(...events.map(({ message }) => message ?? ''));
  return found;
}

describe('FilterLogEvents', () => {
  it('gives the events of all streams in the order of their times, page by page', async () => {
    await write('svr.log', lineAt(start, { n: 0 }) + lineAt(start + 20, { n: 2 }));
    await write('svr.2.log', lineAt(start + 10, { n: 1 }) + lineAt(start + 30, { n: 3 }));
    await write('svr-large.log', lineAt(start, { n: 9 }));
    for (const size of [1, 2, 3, undefined])
      expect((await filter({}, size)).map((text) => JSON.parse(text).n)).toEqual([0, 1, 2, 3]);
    const { events = [], searchedLogStreams } = await logs.client.send(
      new FilterLogEventsCommand({ logGroupName, logStreamNames: ['svr.2.log'] }),
    );
    expect(searchedLogStreams).toEqual([]);
    expect(events[0]).toEqual({
      logStreamName: 'svr.2.log',
      timestamp: start + 10,
      ingestionTime: start + 10,
      message: lineAt(start + 10, { n: 1 }).trim(),
      eventId: expect.stringMatching(/^\d{56}$/),
    });
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('gives what was written from a moment to another, both included, wherever that is in a long file', async () => {
    // Lines of odd lengths, so that a search in the file meets all parts of lines.
    const text = Array.from({ length: 3000 }, (_, n) =>
      lineAt(start + n * 10, { n, padding: '·'.repeat((n * 7) % 90) }),
    );
    await write('svr.log', text.join(''));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 30_000 }), fc.nat({ max: 3000 }), async (from, length) => {
        const found = await filter({ startTime: start + from, endTime: start + from + length });
        const first = Math.ceil(from / 10);
        const last = Math.min(2999, Math.floor((from + length) / 10));
        expect(found).toHaveLength(Math.max(0, last - first + 1));
        if (found.length > 0) expect(JSON.parse(found[0] ?? '').n).toBe(first);
      }),
      { numRuns: 30 },
    );
  });

  it('gives lines without a time that of the line before, and no line that is not complete', async () => {
    await write(
      'svr.log',
      `no time yet\n${lineAt(start)}Error: x\n    at y\n\n${lineAt(start + 10)}{"timestamp":"20`,
    );
    expect(await filter({ startTime: start, endTime: start })).toEqual([
      lineAt(start).trim(),
      'Error: x',
      '    at y',
    ]);
    await appendFile(join(logs.directory, 'svr.log'), '26');
    expect(await filter({ startTime: start + 1, endTime: start + 10 })).toHaveLength(1);
  });

  it('answers in pages of a megabyte, and reads on where little matches', async () => {
    const long = 'x'.repeat(100_000);
    const text = Array.from({ length: 120 }, (_, n) => lineAt(start + n, { n, long }));
    await write('svr.log', text.join(''));
    const pages: number[] = [];
    for await (const { events = [] } of paginateFilterLogEvents(
      { client: logs.client },
      { logGroupName },
    ))
      pages.push(events.length);
    expect(pages.reduce((sum, each) => sum + each, 0)).toBe(120);
    expect(Math.max(...pages)).toBeLessThan(11);
    expect(await filter({ filterPattern: '{ $.n = 119 }' })).toHaveLength(1);
  });

  it('goes on behind what it gave, also when more is written meanwhile', async () => {
    await write('svr.log', lineAt(start) + lineAt(start + 1));
    const ask = (nextToken?: string) =>
      logs.client.send(new FilterLogEventsCommand({ logGroupName, limit: 1, nextToken }));
    const first = await ask();
    await write('svr.2.log', lineAt(start + 5));
    const second = await ask(first.nextToken);
    const third = await ask(second.nextToken);
    expect(
      [first, second, third].map(({ events = [] }) => Number(events[0]?.timestamp) - start),
    ).toEqual([0, 1, 5]);
    expect(third.nextToken).toBeUndefined();
  });

  it.each([
    [{ logGroupName: '/aws/lambda/none' }, 'ResourceNotFoundException', 'does not exist'],
    [{ logGroupName: undefined }, 'InvalidParameterException', 'has to be named'],
    [{ logStreamNames: ['none'] }, 'ResourceNotFoundException', 'stream does not exist'],
    [{ startTime: 2, endTime: 1 }, 'InvalidParameterException', 'after end time'],
    [{ limit: 0 }, 'InvalidParameterException', 'greater than or equal to 1'],
    [{ limit: 10_001 }, 'InvalidParameterException', 'less than or equal to 10000'],
    [{ nextToken: 'made-up' }, 'InvalidParameterException', 'nextToken is invalid'],
    [{ nextToken: 'W10' }, 'InvalidParameterException', 'nextToken is invalid'],
    [{ filterPattern: '[a, b]' }, 'NotImplementedException', 'fields between spaces'],
    [{ unmask: true }, 'NotImplementedException', 'unmask'],
    [{ startFromHead: true }, 'NotImplementedException', 'startFromHead in FilterLogEvents'],
  ])('refuses %j', async (input, name, message) => {
    await write('svr.log', lineAt(start));
    const answer = logs.client.send(new FilterLogEventsCommand({ logGroupName, ...input }));
    await expect(answer).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe('GetLogEvents', () => {
  it('reads one stream from its end, or from its beginning, and back and forth by tokens', async () => {
    const text = Array.from({ length: 5 }, (_, n) => lineAt(start + n, { n }));
    await write('svr.log', text.join(''));
    const ask = async (input: object) => {
      const answer = await logs.client.send(
        new GetLogEventsCommand({ logGroupName, logStreamName: 'svr.log', limit: 2, ...input }),
      );
      const numbers = (answer.events ?? []).map(({ message = '' }) => JSON.parse(message).n);
      return { ...answer, numbers };
    };
    const end = await ask({});
    expect(end.numbers).toEqual([3, 4]);
    const before = await ask({ nextToken: end.nextBackwardToken });
    expect(before.numbers).toEqual([1, 2]);
    expect((await ask({ nextToken: before.nextForwardToken })).numbers).toEqual([3, 4]);
    const head = await ask({ startFromHead: true, startTime: start + 1, endTime: start + 2 });
    expect(head.numbers).toEqual([1]);
    const over = await ask({ nextToken: end.nextForwardToken });
    expect([over.numbers, over.nextForwardToken]).toEqual([[], end.nextForwardToken]);
    await appendFile(join(logs.directory, 'svr.log'), lineAt(start + 9, { n: 9 }));
    expect((await ask({ nextToken: over.nextForwardToken })).numbers).toEqual([9]);
  });

  it('names a stream that is not there', async () => {
    await write('svr.log', '');
    const answer = logs.client.send(
      new GetLogEventsCommand({ logGroupName, logStreamName: 'svr.7.log' }),
    );
    await expect(answer).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('what there is', () => {
  it('is a group for each function, and a stream for each of its files', async () => {
    for (const name of ['a', 'b', 'svr']) await write(`${name}.log`, lineAt(start));
    await write('svr.2.log', lineAt(start + 1) + lineAt(start + 2));
    await write('notes.txt', '');
    await mkdir(join(logs.directory, 'folder'));
    const groups = await logs.client.send(new DescribeLogGroupsCommand({ limit: 2 }));
    expect(groups.logGroups?.map((each) => each.logGroupName)).toEqual([
      '/aws/lambda/a',
      '/aws/lambda/b',
    ]);
    const rest = await logs.client.send(
      new DescribeLogGroupsCommand({ nextToken: groups.nextToken }),
    );
    expect(rest.logGroups).toMatchObject([
      {
        logGroupName,
        arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:*`,
        storedBytes: 3 * lineAt(start).length,
      },
    ]);
    expect(rest.nextToken).toBeUndefined();
    const some = new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/s' });
    expect((await logs.client.send(some)).logGroups).toHaveLength(1);
    const streams = await logs.client.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true }),
    );
    expect(streams.logStreams).toMatchObject([
      {
        logStreamName: 'svr.2.log',
        firstEventTimestamp: start + 1,
        lastEventTimestamp: start + 2,
      },
      { logStreamName: 'svr.log', lastEventTimestamp: start },
    ]);
  });

  it('is read only: the rest is refused by name', async () => {
    const put = new PutLogEventsCommand({
      logGroupName,
      logStreamName: 'svr.log',
      logEvents: [{ timestamp: start, message: 'x' }],
    });
    await expect(logs.client.send(put)).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: "The local cloud's CloudWatch Logs does not do PutLogEvents.",
    });
  });
});
