import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let env: Record<string, string>;
beforeAll(async () => {
  fake = await startFakeAws();
  env = { AWS_ENDPOINT_URL: fake.url };
});
afterAll(() => fake.close());

const answer = {
  predictions: [{ svr: 24.5, ensemble: 24.5 }],
  models: { svr: { version: 'v1', durationMs: 0.5, coldStart: false, attempts: 1 } },
  failed: {},
  requestId: 'r-1',
};

describe('chorus predict', () => {
  it('asks about the example row when none is given, and says so', async () => {
    const asked: unknown[] = [];
    fake.predict = (body, path) => {
      asked.push(path, body);
      return { status: 200, body: answer };
    };
    const { code, stdout, stderr } = await runCommand(['predict', 'house-price'], env);
    expect(code).toBe(0);
    expect(asked).toEqual([
      '/predict/house-price',
      expect.objectContaining({ CRIM: 0.00632, LSTAT: 4.98 }),
    ]);
    expect(stderr).toMatch(/^No rows given: asking about the example row, \{"CRIM":0.00632/);
    expect(stdout).toContain('24.500');
  });

  it('sends the key that a deployed API asks for', async () => {
    let key: unknown;
    fake.predict = (_, __, headers) => {
      key = headers['x-api-key'];
      return { status: 200, body: answer };
    };
    await runCommand(['predict', 'house-price'], { ...env, CHORUS_API_KEY: 'k3y' });
    expect(key).toBe('k3y');
    await runCommand(['predict', 'house-price'], env);
    expect(key).toBeUndefined();
  });

  it('sends rows of stdin and prints the answer untouched with --json', async () => {
    let asked: unknown;
    fake.predict = (body) => {
      asked = body;
      return { status: 200, body: answer };
    };
    const stdin = Readable.from(['[[1,2],[3,4]]']);
    const { code, stdout, stderr } = await runCommand(
      ['predict', 'house-price', '--json'],
      env,
      stdin,
    );
    expect({ code, stderr, asked }).toEqual({
      code: 0,
      stderr: '',
      asked: {
        instances: [
          [1, 2],
          [3, 4],
        ],
      },
    });
    expect(JSON.parse(stdout)).toEqual(answer);
  });

  it('keeps the stage of a deployed API in the path', async () => {
    let asked = '';
    fake.predict = (_, path) => {
      asked = path;
      return { status: 200, body: answer };
    };
    const url = `${fake.url}/prod/`;
    await runCommand(['predict', 'house-price', '{}', '--aws'], { CHORUS_API_URL: url });
    expect(asked).toBe('/prod/predict/house-price');
    await runCommand(['predict', 'house-price', '{}', '--url', `${fake.url}/v7`]);
    expect(asked).toBe('/v7/predict/house-price');
  });

  it('hands on what the service says about unknown features', async () => {
    fake.predict = () => ({ status: 400, body: { error: 'unknown FOO' } });
    const { code, stdout, stderr } = await runCommand(['predict', 'house-price', '{"FOO":1}'], env);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'chorus: 400: unknown FOO\n',
    });
  });

  it('prints the error as JSON too when JSON is asked for', async () => {
    fake.predict = () => ({ status: 503, body: { error: 'no quorum' } });
    const { code, stdout } = await runCommand(['predict', 'house-price', '{}', '--json'], env);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ error: 'no quorum' });
  });

  it.each(['<html>', '{"predictions":[]}', '[]'])(
    'does not take %s for an answer',
    async (body) => {
      fake.predict = () => ({ status: 200, body });
      const { code, stderr } = await runCommand(['predict', 'house-price', '{}'], env);
      expect(code).toBe(1);
      expect(stderr).toContain('/predict/house-price did not answer as Chorus does');
    },
  );

  it('says so when nobody answers', async () => {
    const gone = await startFakeAws();
    await gone.close();
    const { code, stderr } = await runCommand(['predict', 'house-price', '{}', '--url', gone.url]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `No answer from ${gone.url}/predict/house-price: connect ECONNREFUSED 127.0.0.1:`,
    );
  });
});
