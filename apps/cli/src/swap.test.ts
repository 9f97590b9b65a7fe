import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from './testing/fake-aws.ts';
import { type FakeFunction, FunctionFailure } from './testing/fake-lambda.ts';
import { runCommand } from './testing/run-command.ts';

let fake: FakeAws;
let forest: FakeFunction;
let v2: string;
beforeEach(async () => {
  fake = await startFakeAws();
  v2 = fake.addVersion('random-forest', 'v2', 3.1);
  const found = fake.functions.get('chorus-random-forest');
  if (found === undefined) throw new Error('the fake has no forest');
  forest = found;
});
afterEach(() => fake.close());

const swap = (version: string, ...flags: readonly string[]) =>
  runCommand(['models', 'swap', 'random-forest', version, ...flags], {
    AWS_ENDPOINT_URL: fake.url,
  });

const keyOf = (version: string) => `models/random-forest/${version}/model.onnx`;

describe('chorus models swap', () => {
  it('points the function at the version, warms it, and tells how to go back', async () => {
    forest.environment['MODEL_EXTRA'] = 'stays';
    const { code, stdout, stderr } = await swap('v2');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(forest.environment).toEqual({
      MODEL_BUCKET: 'chorus-models',
      MODEL_EXTRA: 'stays',
      MODEL_KEY: keyOf('v2'),
      MODEL_SHA256: v2,
    });
    expect(forest.events).toEqual([{ chorus: 'ready' }]);
    expect(stdout).toMatch(
      /^random-forest v2 is live and has answered \(before: v1\)\. It took \d+ ms\.\n/,
    );
    expect(stdout).toContain('models swap random-forest v1');
  });

  it('gives one JSON document', async () => {
    const { stdout } = await swap('v2', '--json');
    expect(JSON.parse(stdout)).toEqual({
      model: 'random-forest',
      from: 'v1',
      to: 'v2',
      durationMs: expect.any(Number),
    });
  });

  it('waits until the update is through before it invokes', async () => {
    forest.slowness = 3;
    let updating = true;
    forest.answer = () => {
      updating = forest.inProgress > 0;
      return { ready: true, model_version: 'v2' };
    };
    expect((await swap('v2')).code).toBe(0);
    expect(updating).toBe(false);
  });

  it('makes a first version live', async () => {
    forest.environment = { MODEL_BUCKET: 'chorus-models' };
    const { code, stdout } = await swap('v1');
    expect(code).toBe(0);
    expect(stdout).toContain('(before: none)');
  });

  it('lists the versions there are when it is none of them', async () => {
    const { code, stderr } = await swap('v9');
    expect(code).toBe(1);
    expect(stderr).toContain('random-forest has no version v9');
    expect(stderr).toContain('v1, v2');
    expect(forest.revision).toBe(1);
  });

  it('refuses what cannot be a version', async () => {
    const { code, stderr } = await swap('latest');
    expect(code).toBe(1);
    expect(stderr).toContain('"latest" is not a version; versions are v1, v2, v3');
  });

  it('changes nothing when somebody else changed the function meanwhile', async () => {
    forest.onUpdate = (fakeFunction) => {
      fakeFunction.environment = { MODEL_KEY: keyOf('v7') };
      fakeFunction.revision++;
    };
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('Somebody else is changing random-forest at this moment');
    expect(forest.environment).toEqual({ MODEL_KEY: keyOf('v7') });
  });

  it('takes back a version that does not load, and says why', async () => {
    forest.slowness = 1;
    const before = { ...forest.environment };
    forest.answer = () => new FunctionFailure('ModelLoadError', 'the weights are damaged');
    const { code, stdout, stderr } = await swap('v2');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'chorus: random-forest v2 did not get ready: ModelLoadError: the weights are damaged\nSwapped back: v1 is live again.\n',
    );
    expect(forest.environment).toEqual(before);
  });

  it('takes back a version when another one answers', async () => {
    forest.answer = () => ({ ready: true, model_version: 'v1' });
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('v1 answered');
    expect(forest.environment['MODEL_KEY']).toBe(keyOf('v1'));
  });

  it('takes back an update that failed', async () => {
    forest.outcome = 'Failed';
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('the update failed: no such image');
    expect(forest.environment['MODEL_KEY']).toBe(keyOf('v1'));
    expect(forest.events).toEqual([]);
  });

  it('does not overwrite what somebody else configured when it takes a version back', async () => {
    let updates = 0;
    forest.onUpdate = (fakeFunction) => {
      if (++updates === 2) fakeFunction.revision++;
    };
    forest.answer = () => new FunctionFailure('ModelLoadError', 'the weights are damaged');
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('Swapping back to v1 failed too');
    expect(forest.environment['MODEL_KEY']).toBe(keyOf('v2'));
  });

  it('says so when the function is not deployed', async () => {
    fake.functions.clear();
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no function chorus-random-forest in http://127.0.0.1');
  });
});
