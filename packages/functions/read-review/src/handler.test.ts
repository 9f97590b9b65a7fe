import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbEmulator } from '@chorus/emulator-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createReadReviewHandler } from './handler.ts';

let folder: string;
let database: DynamodbEmulator;
let server: Server;
let isBroken: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-reviews-'));
  database = createDynamodb({ directory: folder, credentials: testCredentials });
  await database.service.ensureTable({ name: 'kept', key: { name: 'id', type: 'S' } });
  isBroken = false;
  server = createServer((request, response) => {
    if (!isBroken) return void database.handle(request, response);
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end('{"__type":"com.amazonaws.dynamodb.v20120810#AccessDeniedException"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', testCredentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', testCredentials.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('REVIEWS_TABLE', 'kept');
  await new DynamoDBClient({}).send(
    new PutItemCommand({
      TableName: 'kept',
      Item: {
        id: { S: 'order-17' },
        text: { S: 'A delight. 😍' },
        digest: { S: '0a' },
        result: { S: '{"label":"positive","summary":["A delight. 😍"]}' },
        storedAt: { S: '2026-11-29T12:00:00.000Z' },
        expires: { N: '1000' },
      },
    }),
  );
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  await rm(folder, { recursive: true });
});

/** Asks for an id, at so many epoch seconds. */
async function read(id: string | undefined, seconds = 999) {
  const handler = createReadReviewHandler(readSettings(), () => seconds * 1000);
  const notes: Record<string, string | number | boolean> = {};
  const event = {
    httpMethod: 'GET',
    path: `/reviews/${id}`,
    pathParameters: id === undefined ? null : { id },
  };
  const context = { requestId: 'r', deadlineMs: Infinity, functionArn: 'arn', notes };
  const { statusCode, body } = Object(await handler(event, context));
  return { status: statusCode, body: JSON.parse(body), notes };
}

it('gives what was kept, as it was answered, and not the text', async () => {
  expect(await read('order-17')).toMatchObject({
    status: 200,
    body: {
      id: 'order-17',
      label: 'positive',
      summary: ['A delight. 😍'],
      storedAt: '2026-11-29T12:00:00.000Z',
    },
  });
  expect(Object.keys((await read('order-17')).body)).not.toContain('text');
});

it.each([
  ['that was never kept', 'order-18', 999],
  ['that has expired, though it is still there', 'order-17', 1000],
])('an id %s is 404', async (_, id, seconds) => {
  expect(await read(id, seconds)).toMatchObject({
    status: 404,
    body: { error: `no review ${id}: none was kept under this id, or it has expired` },
  });
});

it.each([undefined, '', '../a', 'a b', 'a%2Fb', 'é', 'a'.repeat(81)])(
  'what is no id is 400: %s',
  async (id) => {
    expect(await read(id)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('id: expected') },
    });
  },
);

it('a table that cannot be read is 503, with the reason in the log', async () => {
  isBroken = true;
  expect(await read('order-17')).toMatchObject({
    status: 503,
    body: { error: 'the review cannot be read right now; ask again' },
    notes: { error: 'UnavailableError', reason: expect.any(String) },
  });
});

it('a deployment that does not name the table is told so', () => {
  vi.stubEnv('REVIEWS_TABLE', '');
  expect(readSettings).toThrow('REVIEWS_TABLE is not set');
});
