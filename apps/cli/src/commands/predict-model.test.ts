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

const model = { name: 'svr', version: 'v7', durationMs: 0.5, coldStart: true };

/** Answers every question, and remembers the last one. */
function answerWith(body: object): { path: string; body: unknown } {
  const asked: { path: string; body: unknown } = { path: '', body: undefined };
  fake.predict = (sent, path) => {
    Object.assign(asked, { path, body: sent });
    return { status: 200, body: { model, requestId: 'r-1', ...body } };
  };
  return asked;
}

describe('chorus predict <model>', () => {
  it('asks it about the features that it takes of a workflow’s example, and shows which version answered', async () => {
    const asked = answerWith({ predictions: [{ price: 24.5 }] });
    const { code, stdout, stderr } = await runCommand(['predict', 'svr', '--set', 'RM=8'], env);
    expect(code).toBe(0);
    expect(asked).toEqual({
      path: '/predict/svr',
      body: expect.objectContaining({ CRIM: 0.00632, RM: 8 }),
    });
    expect(stderr).toMatch(/^No rows given: asking about the example row with RM=8, \{"CRIM"/);
    expect(stdout.split('\n').slice(0, 7)).toEqual([
      'row   price',
      '1    24.500',
      '',
      'model  version     ms  start',
      'svr    v7       0.500  cold',
      '',
      'request r-1',
    ]);
  });

  it('asks it about the example of the manifest that is live', async () => {
    const key = 'models/svr/v1/manifest.json';
    const before = String(await fake.objects.get(key));
    const manifest = JSON.parse(before);
    const data = Array.from({ length: 13 }, (_, index) => (index === 3 ? 0 : index));
    const { name } = manifest.schema.inputs[0];
    const inputs = [{ name, datatype: 'FP64', shape: [1, 13], data }];
    await fake.objects.set(key, JSON.stringify({ ...manifest, example: { inputs } }));
    const asked = answerWith({ predictions: [{ price: 1 }] });
    await runCommand(['predict', 'svr'], env);
    await fake.objects.set(key, before);
    expect(asked.body).toMatchObject({ CRIM: 0, ZN: 1, LSTAT: 12 });
  });

  it('sends rows of an argument or of stdin, and prints the answer untouched with --json', async () => {
    const predictions = [{ price: 1 }];
    const asked = answerWith({ predictions });
    await runCommand(['predict', 'svr', '{"X":[[1,2]]}'], env);
    expect(asked.body).toEqual({ X: [[1, 2]] });
    const stdin = Readable.from(['[{"CRIM":1}]']);
    const { stdout } = await runCommand(['predict', 'svr', '--json'], env, stdin);
    expect(asked.body).toEqual({ instances: [{ CRIM: 1 }] });
    expect(JSON.parse(stdout)).toEqual({ model, requestId: 'r-1', predictions });
  });

  it('shows a column for each output and for each of a few classes', async () => {
    answerWith({
      predictions: [
        { label: 'cat', odds: { cat: 0.75, dog: 0.25 }, seen: true, vector: [1, 2] },
        { label: 'dog', odds: { cat: 0.25, dog: null }, seen: null, vector: Array(99).fill(1) },
      ],
    });
    const { stdout } = await runCommand(['predict', 'svr', '{}'], env);
    const [header, first, second] = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(header).toEqual(['row', 'label', 'cat', 'dog', 'seen', 'vector']);
    expect(first).toEqual(['1', 'cat', '0.750', '0.250', 'true', '[1,2]']);
    expect(second?.slice(0, 5)).toEqual(['2', 'dog', '0.250', '-', '-']);
    expect(second?.[5]).toMatch(/^\[1,1,.*…$/);
  });

  it('shows the five most probable of many classes', async () => {
    const odds = Object.fromEntries([5, 1, 9, 3, 7, 8].map((tenth) => [`c${tenth}`, tenth / 10]));
    answerWith({ predictions: [{ odds }] });
    const { stdout } = await runCommand(['predict', 'svr', '{}'], env);
    expect(stdout).toContain('odds, 5 of 6');
    expect(stdout).toContain('c9 0.900, c8 0.800, c7 0.700, c5 0.500, c3 0.300\n');
  });

  it('shows outputs that are not of one row each', async () => {
    answerWith({ outputs: { mask: [[0, 1]], sum: 4 } });
    const { stdout } = await runCommand(['predict', 'svr', '{}'], env);
    expect(stdout).toMatch(/^output +value\nmask +\[\[0,1\]\]\nsum +4/);
  });

  it.each([{}, { predictions: 1 }, { predictions: [], model: {} }])(
    'does not take %j for an answer',
    async (body) => {
      answerWith(body);
      const { code, stderr } = await runCommand(['predict', 'svr', '{}'], env);
      expect({ code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('/predict/svr did not answer as Chorus does'),
      });
    },
  );

  it('hands on what the service says, and takes no place', async () => {
    fake.predict = () => ({ status: 400, body: { error: 'unknown feature "FOO"' } });
    const refused = await runCommand(['predict', 'svr', '{"FOO":1}'], env);
    expect(refused).toMatchObject({ code: 1, stderr: 'chorus: 400: unknown feature "FOO"\n' });
    const placed = await runCommand(['predict', 'svr', '{}', '--at', '1,2'], env);
    expect(placed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--at is not for svr'),
    });
  });

  it('lists workflows and models for a name that is neither', async () => {
    const { code, stderr } = await runCommand(['predict', 'srv'], env);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "There is no workflow or model 'srv'; there are the workflows house-price",
    );
    expect(stderr).toContain('the models linear-regression');
    expect(stderr).toContain('Did you mean svr?');
    expect((await runCommand(['predict'], env)).stderr).toContain('Which workflow or model?');
  });
});
