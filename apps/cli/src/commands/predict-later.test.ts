import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let env: Record<string, string>;
beforeAll(async () => {
  fake = await startFakeAws();
  env = { AWS_ENDPOINT_URL: fake.url };
});
afterAll(() => fake.close());

const id = '57f4c49d-b320-44db-84dc-45b4bb59c066';
const url = `/predictions/${id}`;
const accepted = { status: 202, body: { id, status: 'accepted', url } };
const answer = {
  predictions: [{ svr: 24.5, ensemble: 24.5 }],
  models: { svr: { version: 'v1', durationMs: 0.5, coldStart: false, attempts: 1 } },
  failed: {},
  requestId: id,
};

/** Answers requests one after the other, and returns their paths. */
function answers(...all: readonly { readonly status: number; readonly body: unknown }[]) {
  const left = [...all];
  const paths: string[] = [];
  fake.predict = (_, path) => {
    paths.push(path);
    return left.shift() ?? { status: 500, body: { error: 'asked too often' } };
  };
  return paths;
}

const predict = (...words: readonly string[]) =>
  runCommand(['predict', 'house-price', '{}', ...words], env);

it('prints the id of a request that is answered later, and where its answer will be', async () => {
  const paths = answers(accepted, accepted);
  const { code, stdout } = await predict('--async');
  expect(code).toBe(0);
  expect(stdout).toBe(`Accepted as ${id}\nIts answer: ${fake.url}${url}\n`);
  expect(JSON.parse((await predict('--async', '--json')).stdout)).toEqual({ id, url });
  expect(paths).toEqual(Array.from({ length: 2 }, () => '/predict/house-price?async=1'));
});

it('names a webhook that gets the answer too', async () => {
  const paths = answers(accepted);
  const { code } = await predict('--async', '--webhook', 'https://example.com/told?of=a&by=b');
  expect(code).toBe(0);
  expect(paths).toEqual([
    '/predict/house-price?async=1&webhook=https%3A%2F%2Fexample.com%2Ftold%3Fof%3Da%26by%3Db',
  ]);
});

it('waits for the answer, also while the API is busy, and shows it as any other', async () => {
  const waits = { status: 202, body: { id, status: 'accepted' } };
  const busy = { status: 503, body: { error: 'starting' } };
  const paths = answers(accepted, waits, busy, waits, { status: 200, body: answer });
  const { code, stdout, stderr } = await predict('--async', '--wait');
  expect(code).toBe(0);
  expect(stderr).toContain(`Accepted as ${id}`);
  expect(stdout).toContain('24.500');
  expect(paths).toEqual(['/predict/house-price?async=1', url, url, url, url]);
});

it('says why a request failed for good', async () => {
  answers(accepted, { status: 503, body: { error: 'no model', status: 'failed', id } });
  const { code, stderr } = await predict('--async', '--wait');
  expect(code).toBe(1);
  expect(stderr).toContain('chorus: 503: no model');
});

it('hands on that a request is not accepted', async () => {
  answers({ status: 400, body: { error: 'unknown FOO' } });
  const { code, stderr } = await predict('--async');
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'chorus: 400: unknown FOO\n' });
});

it.each([
  [['house-price', '--wait'], '--wait needs --async'],
  [['house-price', '--webhook', 'https://example.com'], '--webhook needs --async'],
  [['svr', '--async'], '--async is for workflows that answer later, and svr is none'],
])('chorus predict %j is wrong usage', async (words, message) => {
  const { code, stderr } = await runCommand(['predict', ...words], env);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
