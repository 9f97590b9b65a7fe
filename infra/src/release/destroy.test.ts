import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { destroy } from './destroy.ts';
import { removeAssemblies } from './testing/fake-assembly.ts';
import { type FakeAws, fakeAws } from './testing/fake-aws.ts';
import { liveIn } from './testing/fake-cloud.ts';
import { releaseOf } from './testing/release-of.ts';
import { smallRepository } from './testing/small-service.ts';

let repository: ReturnType<typeof smallRepository>;
beforeAll(() => {
  repository = smallRepository();
});
afterAll(() => repository.remove());
afterEach(removeAssemblies);

async function released(): Promise<FakeAws> {
  const aws = fakeAws();
  await releaseOf({ aws, root: repository.root, commit: 'before' });
  aws.cloud.calls.splice(0);
  return aws;
}

const destroying = ({ tools }: FakeAws, data: 'keep' | 'delete') =>
  destroy({ tools, stage: 'production', data, report: () => undefined });

/** What was changed, in order. */
const changes = ({ cloud }: FakeAws) =>
  cloud.calls.filter((each) => /^(remove|empty|protect)/.test(each));

describe('a stage that is deleted', () => {
  it('keeps its data in a stack that stays protected, and says what that costs', async () => {
    const aws = await released();
    expect(await destroying(aws, 'keep')).toEqual({
      stacks: ['chorus-serving', 'chorus-functions'],
      kept: [
        expect.stringMatching(
          /^the stack chorus-foundation, with models, cluster: \$\d+\.\d\d a month/,
        ),
      ],
    });
    expect(changes(aws)).toEqual([
      'empty page-files',
      'remove page-files',
      'remove chorus-serving',
      'remove chorus-functions',
    ]);
    expect(liveIn(aws.cloud).isProtected).toBe(true);
  });

  it('is deployed again on the data that it kept', async () => {
    const aws = await released();
    await destroying(aws, 'keep');
    aws.cloud.functions.clear();
    aws.cloud.groups.clear();
    await releaseOf({ aws, root: repository.root, commit: 'again' });
    expect(liveIn(aws.cloud).serving).toContain('again');
  });

  it('goes with its data when that is asked for: what a stack keeps before the stack', async () => {
    const aws = await released();
    expect((await destroying(aws, 'delete')).kept).toEqual([]);
    expect(changes(aws).slice(4)).toEqual([
      'protect',
      'remove cluster',
      'empty models',
      'remove models',
      'remove chorus-foundation',
    ]);
    expect(aws.cloud.stacks.size).toBe(0);
  });

  it.each([
    'remove chorus-serving',
    'remove chorus-functions',
    'remove cluster',
    'empty models',
    'remove chorus-foundation',
  ])('can be deleted again after a failure at "%s"', async (at) => {
    const aws = await released();
    aws.inject({ at: new RegExp(`^${at}$`) });
    await expect(destroying(aws, 'delete')).rejects.toThrow(`injected at ${at}`);
    await destroying(aws, 'delete');
    expect(aws.cloud.stacks.size).toBe(0);
  });

  it('has to be there', async () => {
    await expect(destroying(fakeAws(), 'keep')).rejects.toThrow(
      'nothing of the stage production is deployed in this account and region',
    );
  });
});
