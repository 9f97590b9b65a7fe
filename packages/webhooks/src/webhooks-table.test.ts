import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { serve, testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb } from '@chorus/emulator-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { readSecret } from './index.ts';
import { openWebhooks } from './webhooks-table.ts';

it('registers a URL once, lists all without secrets, and forgets one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-webhooks-'));
  const dynamodb = createDynamodb({ directory, credentials: testCredentials });
  await dynamodb.service.ensureTable({ name: 'kept', key: { name: 'url', type: 'S' } });
  const port = await serve({ dynamodb: dynamodb.handle });
  const client = new DynamoDBClient({
    endpoint: port.url,
    region: 'us-east-1',
    credentials: testCredentials,
  });
  onTestFinished(async () => {
    client.destroy();
    await port.close();
    await dynamodb.close();
    await rm(directory, { recursive: true });
  });
  const webhooks = openWebhooks(client, 'kept', () => 0);
  const [one, other] = ['https://a.test/', 'https://b.test/'];
  const addedAt = '1970-01-01T00:00:00.000Z';

  expect(await webhooks.list()).toEqual([]);
  expect(await webhooks.add(other, 'whsec_1')).toBe(true);
  expect(await webhooks.add(one, 'whsec_2')).toBe(true);
  expect(await webhooks.add(one, 'whsec_3')).toBe(false);
  expect(await readSecret(client, 'kept', one)).toBe('whsec_2');
  expect(await webhooks.list()).toEqual([
    { url: one, addedAt },
    { url: other, addedAt },
  ]);
  expect(await webhooks.remove(one)).toBe(true);
  expect(await webhooks.remove(one)).toBe(false);
  expect(await readSecret(client, 'kept', one)).toBeUndefined();
  expect(await webhooks.list()).toEqual([{ url: other, addedAt }]);
});
