import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import { readObject } from '@chorus/runtime/s3-object';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createHandler, type PreparedData } from './handler.ts';

let store: FaultyS3;

beforeEach(async () => {
  store = await startFaultyS3(['rows']);
  stubS3(store);
  vi.stubEnv('TRAINING_BUCKET', 'rows');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

const key = 'training-data/prices/rows.csv';
const rules = {
  columns: [{ name: 'size', kind: 'number', minimum: 0 }],
  target: { name: 'price', kind: 'number' },
  rows: { minimum: 5, maximum: 1000 },
  bytes: { maximum: 10_000 },
};
const split = { seed: 0, share: 0.2 };

const csv = (rows: number): string =>
  `size,price\n${Array.from({ length: rows }, (_, row) => `${row},${2 * row}`).join('\n')}\n`;

/** Puts a file. @returns the run about it */
async function upload(body: string, of = key) {
  await store.put(`rows/${of}`, body);
  const { createHash } = await import('node:crypto');
  const etag = createHash('md5').update(body).digest('hex');
  return { key: of, etag, size: Buffer.byteLength(body), output: 'pipelines/prices/one/' };
}

const step = (event: unknown) =>
  createHandler(readSettings())(event, {
    requestId: 'r',
    deadlineMs: Date.now() + 60_000,
    functionArn: 'a',
    notes: {},
  });

const read = async (name: string) =>
  readObject({ bucket: 'rows', key: name, retryUntil: 0, signal: AbortSignal.timeout(60_000) });

describe('validate', () => {
  it('is a report, of good data and of bad', async () => {
    const good = await step({ step: 'validate', run: await upload(csv(40)), rules });
    expect(good).toMatchObject({ ok: true, rows: 40, problems: [] });
    const bad = await upload('size,price\n1,2\n-1,x\n');
    expect(await step({ step: 'validate', run: bad, rules })).toMatchObject({
      ok: false,
      problems: [
        { rule: 'minimum', column: 'size', first: [{ row: 2, value: '-1' }] },
        { rule: 'number', column: 'price', first: [{ row: 2, value: 'x' }] },
        { rule: 'rows' },
      ],
    });
  });

  it('does not download a file that is too large, or of a format that is not known', async () => {
    const run = await upload(csv(40));
    const before = store.requests.length;
    const large = { ...run, size: 1_000_000_000 };
    expect(await step({ step: 'validate', run: large, rules })).toMatchObject({
      ok: false,
      bytes: 1_000_000_000,
      problems: [
        { rule: 'bytes', message: '1000000000 bytes: there may be at most 10000', count: 1 },
      ],
    });
    const other = { ...run, key: 'training-data/prices/rows.xlsx' };
    expect(await step({ step: 'validate', run: other, rules })).toMatchObject({
      ok: false,
      problems: [{ rule: 'format', message: expect.stringContaining('rows.xlsx ends in none of') }],
    });
    expect(store.requests).toHaveLength(before);
  });

  it('of a file that was written over since is refused: the new one has a run of its own', async () => {
    const run = await upload(csv(40));
    await upload(csv(41));
    const changed = { name: 'ChangedDataError', message: expect.stringContaining('written over') };
    await expect(step({ step: 'validate', run, rules })).rejects.toMatchObject(changed);
    await store.remove(`rows/${key}`);
    await expect(step({ step: 'validate', run, rules })).rejects.toMatchObject({
      name: 'ChangedDataError',
    });
  });
});

describe('process', () => {
  it('writes the rows to learn from and those held out, the same bytes each time', async () => {
    const run = await upload(csv(60));
    const event = { step: 'process', run, rules, split };
    const first = (await step(event)) as PreparedData;
    expect(first).toMatchObject({
      train: 'pipelines/prices/one/train.parquet',
      test: 'pipelines/prices/one/test.parquet',
    });
    expect(first.trainRows + first.testRows).toBe(60);
    const parts = [await read(first.train), await read(first.test)];
    for (const part of parts) expect(part.subarray(0, 4).toString()).toBe('PAR1');
    expect(await step(event)).toEqual(first);
    expect([await read(first.train), await read(first.test)]).toEqual(parts);
  });

  it('writes the rows to learn from once more, in two parts, where options are to be chosen', async () => {
    const run = await upload(csv(60));
    const plain = (await step({ step: 'process', run, rules, split })) as PreparedData;
    const validation = { seed: 1, share: 0.2 };
    const both = (await step({ step: 'process', run, rules, split, validation })) as PreparedData;
    expect(both).toEqual({
      ...plain,
      fit: 'pipelines/prices/one/fit.parquet',
      validation: 'pipelines/prices/one/validation.parquet',
    });
    for (const key of [both.fit, both.validation])
      expect((await read(key ?? '')).subarray(0, 4).toString()).toBe('PAR1');
  });

  it.each(['rows.jsonl', 'ROWS.CSV'])('reads %s by its end', async (name) => {
    const lines = Array.from({ length: 30 }, (_, row) => `{"size":${row},"price":${row}}`);
    const body = name.endsWith('jsonl') ? lines.join('\n') : csv(30);
    const run = await upload(body, `training-data/prices/${name}`);
    const prepared = (await step({ step: 'process', run, rules, split })) as PreparedData;
    expect(prepared.trainRows + prepared.testRows).toBe(30);
  });
});

it.each([
  [null, 'step: expected validate or process'],
  [{ step: 'other' }, 'step: expected validate or process'],
  [{ step: 'validate', run: 7, rules: {} }, 'run: expected an object'],
  [{ step: 'process', run: {}, rules: {} }, 'split: expected an object'],
])('the event %j is refused', async (event, message) => {
  await expect(step(event)).rejects.toMatchObject({ name: 'InvalidRequestError', message });
});

it('says that it is ready, and where it is not', async () => {
  expect(await step({ chorus: 'ready' })).toEqual({ ready: true });
  vi.stubEnv('TRAINING_BUCKET', '');
  expect(readSettings).toThrow('TRAINING_BUCKET is not set');
});
