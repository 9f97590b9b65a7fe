import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WindowCounts } from '@chorus/drift';
import { CliError, isCausedBy } from '../errors.ts';

/** Longest window that is counted, in milliseconds: one that began earlier than asked for may still reach into it. */
const longestMs = 3_600_000;

/**
 * Returns the windows of a model that reach into the time from a moment on, oldest first.
 *
 * @param from - epoch milliseconds
 * @throws {CliError} if there is no such table
 */
export async function readWindows(
  client: DynamoDBClient,
  table: string,
  model: string,
  from: number,
): Promise<readonly WindowCounts[]> {
  const [{ paginateQuery }, { readWindowItem }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@chorus/drift'),
  ]);
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'model = :model AND #window >= :from',
      ExpressionAttributeNames: { '#window': 'window' },
      ExpressionAttributeValues: {
        ':model': { S: model },
        ':from': { S: new Date(from - longestMs).toISOString() },
      },
    },
  );
  const windows: WindowCounts[] = [];
  try {
    for await (const { Items = [] } of pages)
      windows.push(...Items.map(({ counts }) => readWindowItem({ counts: counts?.S ?? '' })));
  } catch (cause) {
    if (!isCausedBy(cause, 'ResourceNotFoundException')) throw cause;
    throw new CliError(
      `There is no table ${table}: nothing is counted here. Start or deploy it again`,
      { cause },
    );
  }
  return windows.filter(({ to }) => Date.parse(to) > from);
}

/** Returns the sum of a version's windows; of no rows when there are none. */
export async function sumOf(
  windows: readonly WindowCounts[],
  model: string,
  version: string,
  [from, to]: readonly [from: number, to: number],
): Promise<WindowCounts> {
  const { merge } = await import('@chorus/drift');
  const own = windows.filter((window) => window.version === version);
  const sum = own.reduce(merge, {
    model,
    version,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    rows: 0,
    refused: 0,
    inputs: {},
    outputs: {},
  });
  // The window that is being counted ends later than now.
  return Date.parse(sum.to) > to ? { ...sum, to: new Date(to).toISOString() } : sum;
}
