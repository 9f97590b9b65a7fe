import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '@chorus/cli';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServingCloud, type TestCloud } from './test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud();
});
afterAll(() => cloud.remove());

async function chorus(...argv: readonly string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const env = { AWS_ENDPOINT_URL: cloud.url, CHORUS_DIRECTORY: cloud.directory };
  const code = await run(argv, { stdin: Readable.from([]), stdout, stderr, env });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, out, err };
}

it('predicts, trains a second version, swaps to it and back', async () => {
  const first = await chorus('predict', 'house-price', '--json');
  expect(first.code, first.err).toBe(0);
  expect(JSON.parse(first.out).models['random-forest'].version).toBe('v1');

  const trained = await chorus('models', 'train', 'random-forest', '--set', 'trees=10', '--json');
  expect(trained.code, trained.err).toBe(0);
  expect(JSON.parse(trained.out)).toMatchObject({ model: 'random-forest', version: 'v2' });

  const listed = JSON.parse((await chorus('models', 'list', '--json')).out);
  expect(listed.models.find(({ name }: { name: string }) => name === 'random-forest').live).toBe(
    'v1',
  );

  const swapped = await chorus('models', 'swap', 'random-forest', 'v2', '--json');
  expect(swapped.code, swapped.err).toBe(0);
  expect(JSON.parse(swapped.out)).toMatchObject({ from: 'v1', to: 'v2' });
  const second = JSON.parse((await chorus('predict', 'house-price', '--json')).out);
  expect(second.models['random-forest'].version).toBe('v2');
  expect(second.predictions).not.toEqual(JSON.parse(first.out).predictions);

  expect((await chorus('models', 'swap', 'random-forest', 'v1')).code).toBe(0);
  const third = JSON.parse((await chorus('predict', 'house-price', '--json')).out);
  expect(third.predictions).toEqual(JSON.parse(first.out).predictions);
});

it('shows a person a table, and says what is wrong in one line', async () => {
  const table = await chorus('predict', 'house-price', '--set', 'RM=8');
  expect(table.code).toBe(0);
  expect(table.out).toMatch(/linear-regression.*random-forest.*svr.*ensemble/);
  const bad = await chorus('predict', 'house-price', '--set', 'RM=many');
  expect(bad).toMatchObject({ code: 1, out: '' });
  expect(bad.err).toContain('RM: expected a number, got string many');
  const unknown = await chorus('models', 'swap', 'random-forest', 'v99');
  expect(unknown.code).toBe(1);
  expect(unknown.err).toMatch(/v99.*v1/s);
});
