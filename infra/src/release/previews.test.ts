import { describe, expect, it } from 'vitest';
import { expiredPreviews, expiryOf, previewStage } from './previews.ts';
import { fakeAws } from './testing/fake-aws.ts';

const now = new Date('2026-12-01T12:00:00.000Z');

describe('previews', () => {
  it('are stages named by the number of a pull request', () => {
    expect(previewStage('12')).toBe('pr-12');
    for (const wrong of ['0', '012', '-1', '1.5', 'x', '', '12345678'])
      expect(() => previewStage(wrong)).toThrow('expected the number of a pull request');
  });

  it('end so many days after they are deployed', () => {
    expect(expiryOf(now, 3)).toBe('2026-12-04T12:00:00.000Z');
  });

  it('whose time is up are found by the tag of their stacks, the latest one counting', async () => {
    const aws = fakeAws();
    const stack = (name: string, expires?: string) =>
      aws.cloud.stacks.set(name, {
        status: 'CREATE_COMPLETE',
        template: '',
        outputs: {},
        isProtected: false,
        tags: expires === undefined ? {} : { 'chorus:expires': expires },
      });
    const [past, future] = ['2026-12-01T11:00:00.000Z', '2026-12-01T13:00:00.000Z'];
    stack('chorus-pr-1-foundation', past);
    stack('chorus-pr-1-serving', past);
    stack('chorus-pr-2-serving', future);
    // It is being deployed again: one of its stacks says so already.
    stack('chorus-pr-3-foundation', future);
    stack('chorus-pr-3-serving', past);
    stack('chorus-pr-4-serving');
    stack('chorus-pr-5-serving', 'never');
    stack('chorus-pr-x-serving', past);
    stack('chorus-pr-6-other', past);
    stack('chorus-staging-serving', past);
    expect(await expiredPreviews(aws.tools, now)).toEqual([{ stage: 'pr-1', since: past }]);
  });
});
