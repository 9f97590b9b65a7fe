import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blueprint, table } from '@chorus/blueprint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askInJson, type CloudInFolder, startIn } from './testing/start-in.ts';

let directory: string;
let cloud: CloudInFolder;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-tables-'));
});
afterEach(async () => {
  await cloud.stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(blueprint: Partial<Blueprint> = {}): Promise<void> {
  cloud = await startIn(directory, blueprint);
}

const ask = (operation: string, parameters: object): Promise<unknown> =>
  askInJson(cloud, 'dynamodb', `DynamoDB_20120810.${operation}`, parameters);

describe('DynamoDB', () => {
  it('is behind the port, and its tables outlast the cloud', async () => {
    await start();
    // A cloud that is not asked for tables opens no file for them.
    expect(existsSync(join(directory, 'dynamodb.sqlite'))).toBe(false);
    await ask('CreateTable', {
      TableName: 'box',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await ask('PutItem', { TableName: 'box', Item: { id: { S: 'a' } } });
    await cloud.stop();
    await start();
    expect(await ask('GetItem', { TableName: 'box', Key: { id: { S: 'a' } } })).toEqual({
      Item: { id: { S: 'a' } },
    });
  });
});

describe('tables of a blueprint', () => {
  const reviews = { name: 'reviews', purpose: '', key: { name: 'id', type: 'S' } } as const;

  it('are there from the start, under physical names, and functions are told them', async () => {
    const step = {
      name: 'step',
      kind: 'task',
      source: 'packages/step',
      memoryMb: 128,
      timeoutSeconds: 3,
      concurrency: 1,
      links: [table('reviews', { access: 'read-write' })],
    } as const;
    await start({ functions: [step], tables: [{ ...reviews, ttl: 'expires' }] });
    expect(await ask('ListTables', {})).toEqual({ TableNames: ['chorus-reviews'] });
    expect(await ask('DescribeTimeToLive', { TableName: 'chorus-reviews' })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' },
    });
    expect(cloud.lambda.describe('chorus-step', 'live').settings.environment).toEqual({
      REVIEWS_TABLE: 'chorus-reviews',
    });
  });

  it('keep the cloud from starting when their key has changed, in a line that says what to do', async () => {
    await start({ tables: [reviews] });
    await cloud.stop();
    const changed = { ...reviews, key: { name: 'number', type: 'N' } } as const;
    await expect(start({ tables: [changed] })).rejects.toThrow(
      /table chorus-reviews has the key id \(S\), and is described with number \(N\) now\. .*give the table another name/,
    );
    await start({ tables: [reviews] });
  });
});
