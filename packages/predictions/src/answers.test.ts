import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnswersTable, hasQuestions, openAnswers, parseQuestions } from './index.ts';
import { type RunningStores, startStores } from './testing/index.ts';

let stores: RunningStores;
let answers: AnswersTable;
let client: DynamoDBClient;
beforeEach(async () => {
  stores = await startStores();
  for (const [name, value] of Object.entries(stores.environment)) vi.stubEnv(name, value);
  client = new DynamoDBClient({});
  answers = openAnswers(client, stores.environment['PREDICTIONS_TABLE'] ?? '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  client.destroy();
  await stores.remove();
});

const request = { id: 'a', replays: 0 };

describe('the answers of models', () => {
  it('come together: the first of each stays, and one sees all of them first', async () => {
    await stores.accept('a', 'price', { gathers: true });
    const models = Array.from({ length: 12 }, (_, index) => `model-${index % 6}`);
    const seen = await Promise.all(
      models.map((model, index) => answers.keep(request, model, `${index}`)),
    );
    const kept = await answers.read(request);
    expect(Object.keys(kept ?? {}).toSorted()).toEqual([...new Set(models)].toSorted());
    expect(seen.filter((each) => Object.keys(each ?? {}).length === 6).length).toBeGreaterThan(0);
    expect(await answers.keep(request, 'model-0', 'other')).toEqual(kept);
  });

  it.each([
    ['is unknown', { id: 'b', replays: 0 }],
    ['was replayed', { id: 'a', replays: 1 }],
    ['gathers none', { id: 'c', replays: 0 }],
  ])('are none of a request that %s', async (_, which) => {
    await stores.accept('a', 'price', { gathers: true });
    await stores.accept('c', 'price');
    expect(await answers.keep(which, 'line', '1')).toBeUndefined();
    expect(await answers.read(which)).toBeUndefined();
    expect(await stores.items()).toHaveLength(2);
  });

  it('are gone with the end of their request', async () => {
    await stores.accept('a', 'price', { gathers: true });
    await answers.keep(request, 'line', '1');
    await stores.table.end(request, 'done', { statusCode: 200, body: {}, attempts: 1 });
    expect(await answers.keep(request, 'forest', '1')).toBeUndefined();
    expect(await stores.items()).not.toContainEqual(
      expect.objectContaining({ answers: expect.anything() }),
    );
  });
});

const question = fc.record({
  models: fc.array(fc.string(), { minLength: 1 }),
  inputs: fc.array(fc.jsonValue()),
  outputs: fc.array(fc.jsonValue()),
});

describe('a message with questions', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.string({ minLength: 1 }),
          workflow: fc.string(),
          replays: fc.nat(),
          input: fc.jsonValue(),
          rows: fc.nat(),
          questions: fc.array(question, { minLength: 1 }),
        }),
        (sent) => {
          const json = JSON.stringify(sent);
          expect(parseQuestions(json)).toEqual(JSON.parse(json));
          expect(hasQuestions(json)).toBe(true);
        },
      ),
    );
  });

  it.each([
    '',
    '{}',
    '{"id":"a","workflow":"a","replays":0,"input":1}',
    '{"id":"a","workflow":"a","replays":0,"input":1,"rows":1,"questions":[]}',
    '{"id":"a","workflow":"a","replays":0,"input":1,"questions":[{"models":["m"],"inputs":[],"outputs":[]}]}',
    '{"id":"a","workflow":"a","replays":0,"input":1,"rows":1,"questions":[{"models":[],"inputs":[],"outputs":[]}]}',
    '{"id":"a","workflow":"a","replays":0,"input":1,"rows":1,"questions":[{"models":["m"],"inputs":{},"outputs":[]}]}',
  ])('%j is refused', (body) => {
    expect(() => parseQuestions(body)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError' }),
    );
  });
});
