import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

const TableName = 'reviews';
let dynamodb: RunningDynamodb;

beforeEach(async () => {
  dynamodb = await startDynamodb();
  await dynamodb.service.ensureTable({
    name: TableName,
    key: { name: 'id', type: 'S' },
    indexes: [{ name: 'by-mood', key: { name: 'mood', type: 'S' } }],
  });
});
afterEach(() => dynamodb.remove());

const set = (Enabled: boolean, AttributeName: string) =>
  dynamodb.client.send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { Enabled, AttributeName },
    }),
  );
const description = async () =>
  (await dynamodb.client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;

describe('expiry', () => {
  it('is off, on, and off again, and says so', async () => {
    expect(await description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await set(true, 'ttl');
    expect(await description()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
    await set(false, 'ttl');
    expect(await description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  it.each([
    [undefined, false, 'ttl', /already disabled/],
    ['ttl', true, 'ttl', /already enabled/],
    ['ttl', true, 'other', /different AttributeName: current AttributeName is ttl/],
    ['ttl', false, 'other', /different AttributeName: current AttributeName is ttl/],
  ])('set to %s, then %s for %s, is refused', async (before, enabled, attribute, message) => {
    if (before !== undefined) await set(true, before);
    const error = await failureOf(set(enabled, attribute));
    expect(error).toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  it('removes what has expired, in the indexes too, and nothing else', async () => {
    await set(true, 'ttl');
    const now = 1_800_000_000;
    const times: Readonly<Record<string, unknown>> = {
      past: now - 1,
      now,
      future: now + 1,
      text: String(now - 1),
      // In milliseconds it is far ahead, and in another unit far behind.
      milliseconds: now * 1000,
      old: now - 6 * 365 * 86_400,
      zero: 0,
    };
    for (const [id, ttl] of Object.entries(times))
      await dynamodb.client.send(new PutCommand({ TableName, Item: { id, ttl, mood: 'good' } }));
    await dynamodb.client.send(new PutCommand({ TableName, Item: { id: 'none', mood: 'good' } }));
    // More than a sweep looks at in one step.
    for (let index = 0; index < 600; index++)
      await dynamodb.service.run('PutItem', {
        TableName,
        Item: { id: { S: `many-${index}` }, ttl: { N: String(now - 5) } },
      });

    const past = new GetCommand({ TableName, Key: { id: 'past' } });
    expect((await dynamodb.client.send(past)).Item).toBeDefined();
    await dynamodb.service.sweep(now * 1000);

    const left = ['future', 'milliseconds', 'none', 'old', 'text', 'zero'];
    const scanned = await dynamodb.client.send(new ScanCommand({ TableName }));
    expect(scanned.Items?.map(({ id }) => id).sort()).toEqual(left);
    const found = await dynamodb.client.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-mood',
        KeyConditionExpression: 'mood = :good',
        ExpressionAttributeValues: { ':good': 'good' },
      }),
    );
    expect(found.Items?.map(({ id }) => id).sort()).toEqual(left);
  });

  it('leaves items that have expired while it is off', async () => {
    await set(true, 'ttl');
    await set(false, 'ttl');
    await dynamodb.client.send(
      new PutCommand({ TableName, Item: { id: 'a', ttl: 1_700_000_000 } }),
    );
    await dynamodb.service.sweep(1_700_000_001_000);
    expect((await dynamodb.client.send(new ScanCommand({ TableName }))).Count).toBe(1);
  });
});
