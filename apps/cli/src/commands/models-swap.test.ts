import { bostonExample } from '@chorus/training/boston';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { answerOfVersion, type FakeFunction, FunctionFailure } from '../testing/fake-lambda.ts';
import { runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let forest: FakeFunction;
let v2: string;
beforeEach(async () => {
  fake = await startFakeAws();
  v2 = await fake.addVersion('random-forest', 'v2', 3.1);
  const found = fake.functions.get('chorus-random-forest');
  if (found === undefined) throw new Error('the fake has no forest');
  forest = found;
});
afterEach(() => fake.close());

const swap = (version: string, ...flags: readonly string[]) =>
  runCommand(['models', 'swap', 'random-forest', version, ...flags], {
    AWS_ENDPOINT_URL: fake.url,
  });

const history = 'promotions/random-forest.json';
const keyOf = (version: string) => `models/random-forest/${version}/model.onnx`;

describe('chorus models swap', () => {
  it('points the function at the version, has it answer the example, and tells how to go back', async () => {
    forest.environment['MODEL_EXTRA'] = 'stays';
    const { code, stdout, stderr } = await swap('v2');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(forest.environment).toEqual({
      MODEL_BUCKET: 'chorus-models',
      MODEL_EXTRA: 'stays',
      MODEL_KEY: keyOf('v2'),
      MODEL_SHA256: v2,
    });
    expect(forest.versions[1]).toEqual(forest.environment);
    expect(forest.live).toMatchObject({
      FunctionVersion: '2',
      Description: 'v2 is version 2, before: v1 was 1',
    });
    const row = Object.values(bostonExample);
    const features = { name: 'features', datatype: 'FP64', shape: [2, 13], data: [...row, ...row] };
    expect(forest.events).toEqual([
      { version: '2', event: { chorus: 'ready' } },
      // It counts for no drift: no caller has asked it.
      { version: '2', event: { inputs: [features], parameters: { chorus_trial: true } } },
    ]);
    expect(stdout).toMatch(
      /^random-forest v2 is live and has answered \(before: v1\)\. It took \d+ ms\.\n/,
    );
    expect(stdout).toContain('models rollback random-forest');
  });

  it('gives one JSON document', async () => {
    const { stdout } = await swap('v2', '--json');
    expect(JSON.parse(stdout)).toEqual({
      model: 'random-forest',
      from: 'v1',
      to: 'v2',
      functionVersion: '2',
      durationMs: expect.any(Number),
    });
  });

  it('sends nobody to the version before it has loaded its weights', async () => {
    let liveWhenAsked: string | undefined;
    forest.answer = () => {
      liveWhenAsked = forest.live?.FunctionVersion;
      return answerOfVersion('v2');
    };
    expect((await swap('v2')).code).toBe(0);
    expect(liveWhenAsked).toBe('1');
    expect(forest.live?.FunctionVersion).toBe('2');
  });

  it('waits until the update is through before it invokes', async () => {
    forest.slowness = 3;
    let updating = true;
    forest.answer = () => {
      updating = forest.inProgress > 0;
      return answerOfVersion('v2');
    };
    expect((await swap('v2')).code).toBe(0);
    expect(updating).toBe(false);
  });

  it('makes a first version live', async () => {
    forest.environment = { MODEL_BUCKET: 'chorus-models' };
    forest.versions.length = 0;
    forest.live = undefined;
    const { code, stdout } = await swap('v1');
    expect(code).toBe(0);
    expect(stdout).toContain('(before: none)');
    expect(forest.live).toMatchObject({ FunctionVersion: '1' });
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

  it('changes nothing when somebody else moves the alias meanwhile', async () => {
    forest.onMove = (fakeFunction) => {
      if (fakeFunction.live) fakeFunction.live.revision++;
    };
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('Somebody else is changing random-forest at this moment');
    expect(forest.live?.FunctionVersion).toBe('1');
  });

  it('has happened when the alias moved and only the answer was lost', async () => {
    const Description = 'v2 is version 2, before: v1 was 1';
    // The SDK asks again after a lost answer, and is told that the revision is another by now.
    forest.onMove = (lost) => {
      if (lost.live) lost.live = { ...lost.live, FunctionVersion: '2', Description };
      if (lost.live) lost.live.revision++;
    };
    const { code, stdout } = await swap('v2');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('v2 is live'),
    });
    expect(JSON.parse(String(await fake.objects.get(history))).history).toHaveLength(1);
  });

  it('has happened when only its history cannot be written, and says so', async () => {
    forest.onMove = () => fake.objects.set(history, 'null');
    const { code, stdout, stderr } = await swap('v2');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('v2 is live'),
    });
    expect(stderr).toContain(
      'The history of random-forest could not be written: s3://chorus-models/promotions/random-forest.json is not a history',
    );
  });

  it.each(['', 'null', '[]', '{"history":', '{"history":5}', '{"history":[null]}', '{}'])(
    'changes nothing while the history is %j, and says what to do',
    async (text) => {
      await fake.objects.set(history, Buffer.from(text));
      const { code, stderr } = await swap('v2');
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^chorus: s3:\/\/chorus-models\/promotions\/random-forest\.json is not a history of promotions \(it .*\): nothing was changed; move it away \(aws s3 mv .*\n$/,
      );
      expect(forest.revision).toBe(1);
      expect(String(await fake.objects.get(history))).toBe(text);
      expect(await fake.objects.get('locks/random-forest.json')).toBeUndefined();
    },
  );

  it('leaves a version alone that does not load, and says why', async () => {
    forest.slowness = 1;
    const before = { ...forest.environment };
    forest.answer = () => new FunctionFailure('ModelLoadError', 'the weights are damaged');
    const { code, stdout, stderr } = await swap('v2');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'chorus: random-forest v2 did not get ready: ModelLoadError: the weights are damaged\nNothing changed: v1 is still live.\n',
    );
    expect(forest.environment).toEqual(before);
    expect(forest.live).toMatchObject({ FunctionVersion: '1', revision: 1 });
  });

  it('leaves a version alone that loads but answers nothing of use, and says what to do', async () => {
    forest.answer = () => ({ ready: true, model_version: 'v2', outputs: [] });
    const { code, stdout, stderr } = await swap('v2');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^chorus: random-forest v2 did not get ready: BadAnswerError: asked its example, it answered without price\. .*next version.*\nNothing changed: v1 is still live\.\n$/,
    );
    expect(forest.live).toMatchObject({ FunctionVersion: '1', revision: 1 });
  });

  it('leaves a version alone when another one answers', async () => {
    forest.answer = () => answerOfVersion('v1');
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('v1 answered');
    expect(forest.live?.FunctionVersion).toBe('1');
  });

  it('publishes nothing after an update that failed', async () => {
    forest.outcome = 'Failed';
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('the update failed: no such image');
    expect(forest.versions).toHaveLength(1);
    expect(forest.events).toEqual([]);
  });

  it('does not overwrite what somebody else configured when it sets $LATEST back', async () => {
    let updates = 0;
    forest.onUpdate = (fakeFunction) => {
      if (++updates === 2) fakeFunction.revision++;
    };
    forest.answer = () => new FunctionFailure('ModelLoadError', 'the weights are damaged');
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('$LATEST could not be set back');
    expect(stderr).toContain('v1 is still live');
    expect(forest.environment['MODEL_KEY']).toBe(keyOf('v2'));
    expect(forest.live?.FunctionVersion).toBe('1');
  });

  it('waits for nobody who holds the lock, and leaves it free afterwards', async () => {
    const lock = 'locks/random-forest.json';
    const expires = new Date(Date.now() + 60_000).toISOString();
    const held = {
      format: 1,
      token: 't',
      purpose: 'deploy 42',
      host: 'ci',
      started: 'now',
      expires,
    };
    await fake.objects.set(lock, Buffer.from(JSON.stringify(held)));
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('random-forest is being changed at this moment: "deploy 42" by ci');
    expect(forest.revision).toBe(1);
    const stale = { ...held, expires: new Date(0).toISOString() };
    await fake.objects.set(lock, Buffer.from(JSON.stringify(stale)));
    expect((await swap('v2')).code).toBe(0);
    expect(await fake.objects.get(lock)).toBeUndefined();
  });

  it('says so when the function is not deployed', async () => {
    fake.functions.clear();
    const { code, stderr } = await swap('v2');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no function chorus-random-forest: deploy it first');
  });
});
