import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

let cloud: TestCloud;
const door = '/predict/house-price';

beforeAll(async () => {
  cloud = await startServingCloud();
});
afterAll(() => cloud.remove());

const row = Object.values(house);
/** Sums of a batch are taken in another order than those of a row: equal to within a few last digits. */
function expectClose(
  got: readonly Readonly<Record<string, number>>[],
  expected: readonly Readonly<Record<string, number>>[],
): void {
  expect(got.map((each) => Object.keys(each))).toEqual(expected.map((each) => Object.keys(each)));
  const numbers = (all: typeof got) => all.flatMap((each) => Object.values(each));
  for (const [index, value] of numbers(got).entries())
    expect(value).toBeCloseTo(numbers(expected)[index] ?? Number.NaN, 10);
}

const without = (name: string): Record<string, number> =>
  Object.fromEntries(Object.entries(house).filter(([key]) => key !== name));

describe('a good request', () => {
  it('is answered by every model and their mean', async () => {
    const { status, body } = await post(cloud, door, house);
    expect(status).toBe(200);
    expect(body.predictions).toHaveLength(1);
    const prediction = body.predictions[0] ?? {};
    expect(Object.keys(prediction)).toEqual([
      'linear-regression',
      'random-forest',
      'svr',
      'ensemble',
    ]);
    const { ensemble, ...models } = prediction;
    const prices = Object.values(models);
    for (const price of prices) expect(Math.abs(price - 24)).toBeLessThan(7);
    expect(ensemble).toBeCloseTo(prices.reduce((sum, price) => sum + price, 0) / 3, 12);
    expect(body.models['random-forest']).toMatchObject({ version: 'v1', attempts: 1 });
    expect(body.failed).toEqual({});
    expect(body.requestId).toMatch(/^[\w-]{36}$/);
  });

  it('gives rows of a batch what it gives them alone, as objects or as arrays', async () => {
    const other = { ...house, RM: 4.5, LSTAT: 20 };
    const alone = await Promise.all([post(cloud, door, house), post(cloud, door, other)]);
    const expected = alone.flatMap(({ body }) => body.predictions);
    const objects = await post(cloud, door, { instances: [house, other] });
    expectClose(objects.body.predictions, expected);
    const arrays = await post(cloud, door, { instances: [row, Object.values(other)] });
    expectClose(arrays.body.predictions, expected);
  });

  it('may have 1,000 rows', async () => {
    const instances = Array.from({ length: 1000 }, (_, index) => ({ ...house, AGE: index / 10 }));
    const { status, body } = await post(cloud, door, { instances });
    expect(status).toBe(200);
    expect(body.predictions).toHaveLength(1000);
  });

  it('may be compressed and may say its charset', async () => {
    const response = await fetch(`${cloud.url}${door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(house)),
    });
    expect(response.status).toBe(200);
  });

  it('is told from a bad one by the same rules as its explanation, whatever the values', async () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -10, max: 500 }),
      fc.constantFrom(null, '1', true, {}, []),
    );
    const good = fc.double({ noNaN: true, min: 0, max: 1 });
    const request = fc.record(
      Object.fromEntries(
        Object.keys(house).map((name) => [name, fc.oneof({ weight: 40, arbitrary: good }, value)]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(request, fc.boolean(), async (features, batch) => {
        const { status, body } = await post(
          cloud,
          door,
          batch ? { instances: [house, features] } : features,
        );
        const values = Object.values(features);
        const numbers = values.every((each) => typeof each === 'number');
        const limits: Record<string, number> = {
          ZN: 100,
          INDUS: 100,
          CHAS: 1,
          AGE: 100,
          LSTAT: 100,
        };
        const inside = Object.entries(features).every(
          ([name, each]) => Number(each) >= 0 && Number(each) <= (limits[name] ?? Infinity),
        );
        expect(status, body.error).toBe(numbers ? (inside ? 200 : 422) : 400);
        if (status !== 200) expect(body.error).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});

const json = { 'content-type': 'application/json' };
const bad: readonly [string, unknown, number, string | RegExp, Record<string, string>?][] = [
  ['a missing feature', without('LSTAT'), 400, 'missing LSTAT'],
  ['several missing features', { CRIM: 1, ZN: 1 }, 400, /missing INDUS, CHAS, NOX/],
  ['an unknown feature', { ...house, POOL: 1 }, 400, 'unknown POOL'],
  ['a misspelt feature', { ...without('RM'), rm: 6 }, 400, 'missing RM; unknown rm'],
  ['a string for a number', { ...house, RM: '6.5' }, 400, 'RM: expected a number, got string 6.5'],
  ['null for a number', { ...house, RM: null }, 400, 'RM: expected a number, got null'],
  ['a nested value', { ...house, RM: [6] }, 400, 'RM: expected a number, got array'],
  ['a value out of range', { ...house, ZN: 101 }, 422, 'ZN: 101 is above the maximum 100'],
  ['a negative value', { ...house, CRIM: -1 }, 422, 'CRIM: -1 is below the minimum 0'],
  ['an empty object', {}, 400, /missing CRIM, ZN/],
  ['an array', [house], 400, /expected a JSON object/],
  ['a number', 5, 400, /expected a JSON object/],
  ['null', 'null', 400, /expected a JSON object/],
  ['an empty batch', { instances: [] }, 400, 'instances: expected 1 to 1000 rows, got none'],
  ['a batch that is no array', { instances: house }, 400, /instances: expected an array of rows/],
  ['a batch of null', { instances: null }, 400, /instances: expected an array of rows, got null/],
  [
    'a batch with another field',
    { instances: [row], rows: 1 },
    400,
    'unknown rows beside instances',
  ],
  ['a bad row in a batch', { instances: [house, without('B')] }, 400, 'instances[1]: missing B'],
  [
    'a short row',
    { instances: [row, row.slice(1)] },
    400,
    /instances\[1\]: expected 13 numbers .*got 12/,
  ],
  [
    'a row of text',
    { instances: [row.map(String)] },
    400,
    /instances\[0\]\.CRIM: expected a number/,
  ],
  ['an empty row', { instances: [[]] }, 400, /instances\[0\]: expected 13 numbers .*got 0/],
  ['a nested row', { instances: [[row]] }, 400, /instances\[0\]: expected 13 numbers/],
  ['mixed rows', { instances: [row, house, 'x'] }, 400, /instances\[2\]: expected an object/],
  [
    '1,001 rows',
    { instances: Array(1001).fill([...row.slice(0, 12), 5]) },
    400,
    'instances: 1001 rows; at most 1000 per request',
  ],
  ['a body over the limit', `[${'1,'.repeat(140_000)}1]`, 413, /larger than 262144 bytes/],
  ['a bad timeout', { instances: [row], parameters: { timeout: -1 } }, 400, /parameters.timeout/],
  ['broken JSON', '{"CRIM": 1', 400, /not valid JSON/],
  ['NaN, which is not JSON', '{"CRIM": NaN}', 400, /not valid JSON/],
  ['a number beyond a double', '{"CRIM": 1e999}', 400, /CRIM: the number is too large/],
  ['an empty body', '', 400, /not valid JSON/],
  [
    'a form',
    'CRIM=1',
    415,
    /expected application\/json/,
    { 'content-type': 'application/x-www-form-urlencoded' },
  ],
  ['an unknown encoding', house, 415, /content-encoding/, { ...json, 'content-encoding': 'br' }],
  [
    'a body that is not the gzip it says',
    house,
    400,
    /content-encoding/,
    { ...json, 'content-encoding': 'gzip' },
  ],
];

describe('a bad request', () => {
  it.each(bad)(
    '%s is refused, and the next good one works',
    async (_, given, status, message, headers = json) => {
      const answer = await post(cloud, door, given, headers);
      expect(answer.body.error).toMatch(message);
      expect(answer.status).toBe(status);
      expect((await post(cloud, door, house)).status).toBe(200);
    },
  );

  it('that inflates beyond the limit is refused', async () => {
    const bomb = gzipSync(`[${'1,'.repeat(20_000_000)}1]`);
    const response = await fetch(`${cloud.url}${door}`, {
      method: 'POST',
      headers: { ...json, 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect(response.status).toBe(413);
    expect((await post(cloud, door, house)).status).toBe(200);
  });

  it('is told which paths and methods there are', async () => {
    const lost = await post(cloud, '/predict/castle-price', house);
    expect(lost.status).toBe(404);
    expect(lost.body.error).toContain('POST /predict/house-price');
    const got = await fetch(`${cloud.url}${door}`);
    expect(got.status).toBe(405);
    expect(got.headers.get('allow')).toBe('POST');
  });
});
