import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import { readObject } from '@chorus/runtime/s3-object';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createLabelsHandler } from './handler.ts';

let store: FaultyS3;

beforeEach(async () => {
  store = await startFaultyS3(['said']);
  stubS3(store);
  vi.stubEnv('LABELS_BUCKET', 'said');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

const requestId = '57f4c49d-b320-44db-84dc-45b4bb59c066';
const good = { workflow: 'churn', requestId, right: true };
const key = `labels/churn/${requestId}.json`;

/** Returns the function's answer to a body, and the facts for its log. */
async function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const context = {
    requestId: 'r-1',
    deadlineMs: Date.now() + 10_000,
    functionArn: 'arn',
    notes: {} as Record<string, string | number | boolean>,
  };
  const answer = await createLabelsHandler(readSettings())(
    {
      path: '/labels',
      httpMethod: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded: false,
    },
    context,
  );
  const { statusCode, body: json } = answer as { statusCode: number; body: string };
  return { status: statusCode, json: JSON.parse(json), notes: context.notes };
}

async function kept(of = key): Promise<Record<string, unknown>> {
  const bytes = await readObject({
    bucket: 'said',
    key: of,
    signal: AbortSignal.timeout(60_000),
    retryUntil: 0,
  });
  return JSON.parse(Buffer.from(bytes).toString());
}

const part = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), fc.string({ unit: 'binary' }));

describe('what a person says about an answer', () => {
  it('is kept as one object, with the time', async () => {
    const before = Date.now();
    const said = { ...good, right: false, predicted: 'stays', truth: 'leaves' };
    expect(await post(said)).toMatchObject({ status: 202, json: {} });
    const { at, ...rest } = await kept();
    expect(rest).toEqual(said);
    expect(Date.parse(String(at))).toBeGreaterThanOrEqual(before);
    expect(store.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(1);
  });

  it('may be said again: the last one counts', async () => {
    await post(good);
    await post({ ...good, right: false, truth: null });
    expect(await kept()).toMatchObject({ right: false, truth: null });
  });

  it('may be about a number, as well as about a class', async () => {
    await post({ ...good, predicted: 23.5, truth: 24 });
    expect(await kept()).toMatchObject({ predicted: 23.5, truth: 24 });
  });

  it('has a key of its workflow and answer only, whatever is said', async () => {
    await fc.assert(
      fc.asyncProperty(part, part, async (workflow, id) => {
        store.requests.length = 0;
        const { status } = await post({ ...good, workflow, requestId: id });
        const puts = store.requests.map((request) => request.split('?')[0]);
        expect(puts).toEqual(status === 202 ? [`PUT /said/labels/${workflow}/${id}.json`] : []);
      }),
      { numRuns: 50 },
    );
  });
});

describe('refused is', () => {
  it.each([
    ['no JSON', '{"right":', 400, 'not valid JSON'],
    ['a list', [good], 400, 'not a JSON object'],
    ['no workflow', { ...good, workflow: undefined }, 400, '"workflow" must be'],
    ['a workflow that is a path', { ...good, workflow: '../models' }, 400, '"workflow" must be'],
    ['no answer', { ...good, requestId: undefined }, 400, '"requestId" must be'],
    ['an answer that is a path', { ...good, requestId: 'a/b' }, 400, '"requestId" must be'],
    ['an answer with a long name', { ...good, requestId: 'a'.repeat(81) }, 400, '"requestId"'],
    ['neither right nor wrong', { ...good, right: 'yes' }, 400, '"right" must be true or false'],
    ['a truth that is a list', { ...good, truth: ['dog'] }, 400, '"truth" must be'],
    ['a truth that is a story', { ...good, truth: 'a'.repeat(201) }, 400, 'at most 200'],
    [
      'a prediction that is no number',
      '{"workflow":"a","requestId":"b","right":true,"predicted":1e999}',
      400,
      '"predicted" must be',
    ],
    ['a field too many', { ...good, comment: 'hello' }, 400, '"comment" is no field'],
    ['a large body', { ...good, truth: 'a'.repeat(2000) }, 413, 'at most 2000'],
  ])('%s', async (_name, body, status, message) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toContain(message);
    expect(store.requests).toEqual([]);
  });

  it('a body of another type', async () => {
    expect(await post(good, { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      json: { error: expect.stringContaining('send {"workflow":"churn"') },
    });
  });
});

it('says so when it cannot be kept, and why in the log only', async () => {
  await store.shut();
  const { status, json, notes } = await post(good);
  expect([status, json]).toEqual([
    503,
    { error: 'the label cannot be kept right now; send it again' },
  ]);
  expect(notes['reason']).toContain('UnavailableError');
});

it('is asked again by the SDK when S3 fails once', async () => {
  store.troubles.push({ status: 503, code: 'SlowDown' });
  expect((await post(good)).status).toBe(202);
});

it('needs to be told the bucket', () => {
  vi.stubEnv('LABELS_BUCKET', '');
  expect(readSettings).toThrow('LABELS_BUCKET is not set');
});
