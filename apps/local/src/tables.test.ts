import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blueprint, table } from '@chorus/blueprint';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Folder, openFolder } from './access/folder.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { processes } from './hosts/processes.ts';

let directory: string;
let cloud: Cloud;
let folder: Folder;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-tables-'));
});
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(blueprint: Partial<Blueprint> = {}): Promise<void> {
  folder = await openFolder(directory);
  cloud = await startCloud({
    blueprint: { functions: [], workflows: [], routes: [], buckets: [], ...blueprint },
    host: processes({ root: directory, path: '', compileCache: directory }),
    folder,
    port: 0,
  });
}

async function stop(): Promise<void> {
  await cloud.close(0);
  folder.release();
}

async function ask(operation: string, parameters: object): Promise<unknown> {
  const response = await signedFetch({
    url: `${cloud.url}/`,
    service: 'dynamodb',
    credentials: cloud.credentials,
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

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
    await stop();
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
    await stop();
    const changed = { ...reviews, key: { name: 'number', type: 'N' } } as const;
    await expect(start({ tables: [changed] })).rejects.toThrow(
      /table chorus-reviews has the key id \(S\), and is described with number \(N\) now\. .*give the table another name/,
    );
    folder.release();
    await start({ tables: [reviews] });
  });
});
