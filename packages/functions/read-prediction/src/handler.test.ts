import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createPredictionHandler } from './handler.ts';

let stores: RunningStores;
beforeEach(async () => {
  stores = await startStores();
  for (const [name, value] of Object.entries(stores.environment)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stores.remove();
});

const id = '57f4c49d-b320-44db-84dc-45b4bb59c066';
const known = { id, workflow: 'price', replays: 0 };

async function read(of: string, clock?: () => number) {
  const event = {
    path: `/predictions/${of}`,
    httpMethod: 'GET',
    headers: {},
    pathParameters: { id: of },
    body: null,
  };
  const context = { requestId: 'r', deadlineMs: 0, functionArn: 'arn', notes: {} };
  const answer = await createPredictionHandler(readSettings(), clock)(event, context);
  const { statusCode, body } = answer as { readonly statusCode: number; readonly body: string };
  return { status: statusCode, body: JSON.parse(body) };
}

it('says that a request waits', async () => {
  await stores.accept(id, 'price');
  expect(await read(id)).toEqual({
    status: 202,
    body: { id, status: 'accepted', workflow: 'price', acceptedAt: expect.any(String) },
  });
  expect((await read(id.toUpperCase())).status).toBe(202);
});

it('gives the answer of the workflow as it is', async () => {
  await stores.accept(id, 'price');
  const body = { predictions: [0.1 + 0.2, 5e-324], models: {}, failed: {}, requestId: id };
  await stores.table.end(known, 'done', { statusCode: 200, body, attempts: 1 });
  expect(await read(id)).toEqual({ status: 200, body });
});

it('gives the error of one that failed for good, with its status', async () => {
  await stores.accept(id, 'price');
  const body = { error: 'no model answered', failed: { line: {} }, requestId: id };
  await stores.table.end(known, 'failed', { statusCode: 503, body, attempts: 5 });
  expect(await read(id)).toEqual({
    status: 503,
    body: {
      ...body,
      id,
      status: 'failed',
      workflow: 'price',
      attempts: 5,
      failedAt: expect.any(String),
    },
  });
});

it('knows nothing of one that has expired', async () => {
  await stores.accept(id, 'price');
  const later = 9_999_999_999_000;
  expect((await read(id, () => later - 1)).status).toBe(202);
  expect((await read(id, () => later)).status).toBe(404);
});

it.each([id, '', 'a', '../models', `${id}x`, '57f4c49d'])('knows nothing of %j', async (of) => {
  expect(await read(of)).toMatchObject({ status: 404, body: { error: expect.any(String) } });
});

it('says so when the table cannot be read', async () => {
  stores.troubles.push('refuse');
  expect(await read(id)).toMatchObject({
    status: 503,
    body: { error: 'predictions cannot be read right now; ask again' },
  });
});

it('needs to be told the table', () => {
  vi.stubEnv('PREDICTIONS_TABLE', '');
  expect(readSettings).toThrow('PREDICTIONS_TABLE');
});
