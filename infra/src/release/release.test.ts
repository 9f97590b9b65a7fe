import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError, PreflightError, ReleaseError } from './errors.ts';
import { stepNames } from './release.ts';
import { failures, isOfFirst, isOfSecond } from './testing/failures.ts';
import { removeAssemblies } from './testing/fake-assembly.ts';
import { type FakeAws, fakeAws } from './testing/fake-aws.ts';
import { endOf, liveIn } from './testing/fake-cloud.ts';
import { releaseOf } from './testing/release-of.ts';
import { smallRepository } from './testing/small-service.ts';

let repository: ReturnType<typeof smallRepository>;
beforeAll(() => {
  repository = smallRepository();
});
afterAll(() => repository.remove());
afterEach(removeAssemblies);

const releasing = (aws: FakeAws, commit: string, signal?: AbortSignal) =>
  releaseOf({ aws, root: repository.root, commit, ...(signal !== undefined && { signal }) });

/** An AWS in which this commit was released; a second migration waits for the next one. */
async function released(commit: string): Promise<FakeAws> {
  const aws = fakeAws();
  await releasing(aws, commit);
  aws.migrations = ['0001-features', '0002-more'];
  return aws;
}

describe('a release that fails', () => {
  it.each(failures.filter(isOfSecond))(
    'at %s (%s) leaves live what was',
    async (step, _, failure) => {
      const clean = await released('before');
      await releasing(clean, 'after');

      const aws = await released('before');
      const before = liveIn(aws.cloud);
      aws.inject(failure);
      const thrown: unknown = await releasing(aws, 'after').catch((error: unknown) => error);
      aws.inject(undefined);
      const { live, code, serving, isProtected, locks, underWay, pages, ready } = liveIn(aws.cloud);
      expect({ live, code, serving, isProtected, locks, underWay, pages, ready }).toMatchObject({
        live: before.live,
        code: before.code,
        serving: before.serving,
        isProtected: true,
        locks: [],
        underWay: [],
        pages: before.pages,
        ready: before.ready,
      });
      if (step === 'preflight') expect(thrown).toBeInstanceOf(PreflightError);
      else {
        expect(thrown).toBeInstanceOf(ReleaseError);
        expect(thrown).toMatchObject({ step, isBack: true });
        expect(String(thrown)).toContain('What was live before is live again');
      }

      await releasing(aws, 'after');
      expect(endOf(aws.cloud)).toEqual(endOf(clean.cloud));
    },
  );
});

describe('a first deployment that fails', () => {
  it.each(failures.filter(isOfFirst))(
    'at %s (%s) goes on to the same end',
    async (step, _, failure) => {
      const clean = fakeAws();
      await releasing(clean, 'first');

      const aws = fakeAws();
      aws.inject(failure);
      const thrown: unknown = await releasing(aws, 'first').catch((error: unknown) => error);
      aws.inject(undefined);
      expect(liveIn(aws.cloud)).toMatchObject({ isProtected: false, locks: [], underWay: [] });
      if (step !== 'preflight') {
        expect(thrown).toMatchObject({ step, isBack: true });
        expect(String(thrown)).toContain('Nothing was live before');
      }

      await releasing(aws, 'first');
      expect(endOf(aws.cloud)).toEqual(endOf(clean.cloud));
    },
  );
});

describe('a release that is interrupted', () => {
  const moments: readonly (readonly [step: string, at: RegExp])[] = [
    ['foundation', /^deploy Foundation/],
    ['database-user', /^execute/],
    ['functions', /^deploy Functions/],
    ['migrations', /migrate$/],
    ['try-functions', /next ready$/],
    ['try-workflows', /^run/],
    ['environments', /^keep ready/],
    ['traffic', /^shift/],
    ['traffic', /^follow/],
    ['serving', /^deploy Serving/],
    ['smoke-test', /^GET/],
    ['pages', /^pages/],
    ['protection', /^protect/],
    ['superseded', /^end ready/],
  ];

  it.each(moments)('at %s (%s) leaves live what was', async (step, at) => {
    const clean = await released('before');
    await releasing(clean, 'after');

    const aws = await released('before');
    const before = liveIn(aws.cloud);
    const interrupt = new AbortController();
    aws.inject({
      at,
      when: 'after',
      error() {
        interrupt.abort(new InterruptedError('Ctrl-C'));
        return new InterruptedError('cut off');
      },
    });
    await expect(releasing(aws, 'after', interrupt.signal)).rejects.toMatchObject({
      step,
      isBack: true,
      message: expect.stringContaining(`was interrupted at ${step}`),
    });
    const { live, serving, locks, underWay, ready } = liveIn(aws.cloud);
    expect({ live, serving, locks, underWay, ready }).toEqual({
      live: before.live,
      serving: before.serving,
      locks: [],
      underWay: [],
      ready: before.ready,
    });

    await releasing(aws, 'after');
    expect(endOf(aws.cloud)).toEqual(endOf(clean.cloud));
  });
});

it('a failure of each step is tried, save of the last, which takes nothing back', () => {
  expect([...new Set(failures.map(([step]) => step)), 'superseded']).toEqual(stepNames);
});

it('after a first deployment that failed, other code is made live at once: nothing asks it yet', async () => {
  const aws = fakeAws();
  aws.inject({ at: /^run/, always: true });
  await expect(releasing(aws, 'broken')).rejects.toThrow('try-workflows');
  aws.inject(undefined);
  await releasing(aws, 'mended');
  const { code, underWay } = liveIn(aws.cloud);
  expect(Object.values(code).map((each) => each?.code)).toEqual(['mended', 'mended', 'mended']);
  expect(underWay).toEqual([]);
  expect(aws.cloud.shifts).toEqual([]);
});

describe('a release that cannot be taken back', () => {
  it('says so, and what to do', async () => {
    const aws = await released('before');
    aws.inject({ at: /^(GET|restore)/, always: true });
    await expect(releasing(aws, 'after')).rejects.toMatchObject({
      step: 'smoke-test',
      isBack: false,
      message: expect.stringMatching(
        /Not all of it could be taken back: serving: injected at restore .*Release again/s,
      ),
    });
    // The functions were, all the same.
    expect(liveIn(aws.cloud).live).toEqual({
      'chorus-one': '1',
      'chorus-two': '1',
      'chorus-store': '1',
    });
  });

  it('leaves alone what something else has moved meanwhile', async () => {
    const aws = await released('before');
    const one = aws.cloud.functions.get('chorus-one');
    aws.inject({
      at: /^GET/,
      always: true,
      error() {
        one?.versions.push({ code: 'promoted', model: { version: 'v9' } });
        Object.assign(one?.aliases['live'] ?? {}, { version: String(one?.versions.length) });
        return new Error('the API fails');
      },
    });
    const said: string[] = [];
    await releaseOf({
      aws,
      root: repository.root,
      commit: 'after',
      tell: (event) => said.push('text' in event ? event.text : ''),
    }).catch(() => undefined);
    expect(liveIn(aws.cloud).code['chorus-one']).toMatchObject({ code: 'promoted' });
    expect(said).toContainEqual(
      expect.stringMatching(
        /^chorus-one was left at version \d, which something else has moved it to/,
      ),
    );
    expect(liveIn(aws.cloud).code['chorus-two']).toMatchObject({ code: 'before' });
  });
});

it('a release of what is live moves nothing', async () => {
  const aws = await released('before');
  await releasing(aws, 'before');
  expect(aws.cloud.shifts).toEqual([]);
  const { live } = liveIn(aws.cloud);
  expect(new Set(Object.values(live))).toEqual(new Set(['1']));
});

it('no request goes to a new version before all of them were tried', async () => {
  const aws = await released('before');
  aws.cloud.calls.splice(0);
  await releasing(aws, 'after');
  const first = (pattern: RegExp) => aws.cloud.calls.findIndex((each) => pattern.test(each));
  const last = (pattern: RegExp) => aws.cloud.calls.findLastIndex((each) => pattern.test(each));
  expect(first(/^shift/)).toBeGreaterThan(last(/^(invoke|run|deploy Functions)/));
  expect(first(/^deploy Serving/)).toBeGreaterThan(last(/^follow/));
  expect(first(/^execute/)).toBeGreaterThan(first(/^lock/));
});

it('a promotion while Foundation is deployed ends the release before anything moves', async () => {
  const aws = await released('before');
  const one = aws.cloud.functions.get('chorus-one');
  const { stacks } = aws.tools;
  const promoting = {
    ...aws,
    tools: {
      ...aws.tools,
      stacks: {
        ...stacks,
        async deploy(request: Parameters<typeof stacks.deploy>[0]) {
          await stacks.deploy(request);
          one?.versions.push({ code: 'promoted', model: { version: 'v9' } });
          Object.assign(one?.aliases['live'] ?? {}, { version: '2' });
        },
      },
    },
  };
  await expect(releasing(promoting, 'after')).rejects.toThrow(
    'chorus-one was promoted while Foundation was deployed',
  );
  expect(aws.cloud.shifts).toEqual([]);
});
