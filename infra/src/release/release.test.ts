import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError, PreflightError, ReleaseError } from './errors.ts';
import { stepNames } from './release.ts';
import { removeAssemblies } from './testing/fake-assembly.ts';
import { type FakeAws, fakeAws, type Injected } from './testing/fake-aws.ts';
import { liveIn } from './testing/fake-cloud.ts';
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

/** The end of a release: whatever way led there. Checksums are known once weights were pushed, which may be on the way. */
function endOf(aws: FakeAws) {
  const { statuses: _, code, ...seen } = liveIn(aws.cloud);
  const versions = Object.entries(code).map(([name, each]) => [
    name,
    each && { code: each.code, model: each.model?.version },
  ]);
  return { ...seen, code: Object.fromEntries(versions) };
}

/** An AWS in which this commit was released; a second migration waits for the next one. */
async function released(commit: string): Promise<FakeAws> {
  const aws = fakeAws();
  await releasing(aws, commit);
  aws.migrations = ['0001-features', '0002-more'];
  return aws;
}

const alarm = () =>
  Object.assign(new Error('the alarm function-errors went off'), { name: 'AlarmError' });

/** A failure of each step, in every way that it has of failing. */
const failures: readonly (readonly [step: string, how: string, Injected])[] = [
  ['preflight', 'AWS refuses a look', { at: /^bootstrap/ }],
  ['foundation', 'the stack fails', { at: /^deploy Foundation/ }],
  ['foundation', 'its answer gets lost', { at: /^deploy Foundation/, when: 'after' }],
  ['models', 'a weight cannot be pushed', { at: /^push two/ }],
  ['database-user', 'the Data API refuses', { at: /^execute/ }],
  ['functions', 'the stack fails', { at: /^deploy Functions/ }],
  ['migrations', 'one fails each time', { at: /migrate$/, always: true }],
  [
    'migrations',
    'it was applied, and the answer gets lost each time',
    { at: /migrate$/, when: 'after', always: true },
  ],
  ['try-functions', 'a new version is not ready', { at: /^invoke .*two:next ready/ }],
  ['try-workflows', 'a workflow fails on the new versions', { at: /^run .*both-next/ }],
  ['traffic', 'CodeDeploy refuses', { at: /^shift/ }],
  ['traffic', 'CodeDeploy refuses the second function', { at: /^shift/, skip: 1 }],
  ['traffic', 'its answer gets lost', { at: /^shift/, when: 'after' }],
  ['traffic', 'an alarm goes off for one function', { at: /^follow .*two/, error: alarm }],
  ['serving', 'the stack fails', { at: /^deploy Serving/ }],
  ['smoke-test', 'the API fails each time', { at: /^GET/, always: true }],
  ['pages', 'a page cannot be brought', { at: /^pages/ }],
  ['pages', 'Foundation cannot be told of them', { at: /^deploy Foundation/, skip: 1 }],
  ['protection', 'it is refused', { at: /^protect/ }],
];

/** Steps whose failure a first deployment and a second one can have. */
const isOfFirst = ([step, how]: (typeof failures)[number]) =>
  step !== 'traffic' || how.length === 0;
const isOfSecond = ([step, how]: (typeof failures)[number]) =>
  step !== 'models' && !how.startsWith('Foundation cannot');

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
      const { live, code, serving, isProtected, locks, underWay, pages } = liveIn(aws.cloud);
      expect({ live, code, serving, isProtected, locks, underWay, pages }).toMatchObject({
        live: before.live,
        code: before.code,
        serving: before.serving,
        isProtected: true,
        locks: [],
        underWay: [],
        pages: before.pages,
      });
      if (step === 'preflight') expect(thrown).toBeInstanceOf(PreflightError);
      else {
        expect(thrown).toBeInstanceOf(ReleaseError);
        expect(thrown).toMatchObject({ step, isBack: true });
        expect(String(thrown)).toContain('What was live before is live again');
      }

      await releasing(aws, 'after');
      expect(endOf(aws)).toEqual(endOf(clean));
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
      expect(endOf(aws)).toEqual(endOf(clean));
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
    ['traffic', /^shift/],
    ['traffic', /^follow/],
    ['serving', /^deploy Serving/],
    ['smoke-test', /^GET/],
    ['pages', /^pages/],
    ['protection', /^protect/],
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
    const { live, serving, locks, underWay } = liveIn(aws.cloud);
    expect({ live, serving, locks, underWay }).toEqual({
      live: before.live,
      serving: before.serving,
      locks: [],
      underWay: [],
    });

    await releasing(aws, 'after');
    expect(endOf(aws)).toEqual(endOf(clean));
  });
});

it('a failure of each step is tried', () => {
  expect([...new Set(failures.map(([step]) => step))]).toEqual(stepNames);
});
