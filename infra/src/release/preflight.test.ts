import type { StageSpec } from '@chorus/blueprint';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PreflightError } from './errors.ts';
import { removeAssemblies } from './testing/fake-assembly.ts';
import { type FakeAws, fakeAws } from './testing/fake-aws.ts';
import { liveIn } from './testing/fake-cloud.ts';
import { type Releasing, releaseOf } from './testing/release-of.ts';
import { smallRepository, smallService } from './testing/small-service.ts';

let repository: ReturnType<typeof smallRepository>;
beforeAll(() => {
  repository = smallRepository();
});
afterAll(() => repository.remove());
afterEach(removeAssemblies);

type More = Partial<Omit<Releasing, 'aws'>>;

/** Returns what a release finds in its way; that nothing was changed is made sure of. */
async function problems(aws: FakeAws, more: More = {}): Promise<readonly string[]> {
  const before = structuredClone(liveIn(aws.cloud));
  const thrown: unknown = await releaseOf({
    root: repository.root,
    commit: 'next',
    ...more,
    aws,
  }).catch((error: unknown) => error);
  expect(liveIn(aws.cloud)).toEqual(before);
  if (!(thrown instanceof PreflightError)) throw thrown;
  return thrown.problems;
}

async function released(): Promise<FakeAws> {
  const aws = fakeAws();
  await releaseOf({ aws, root: repository.root, commit: 'before' });
  return aws;
}

it('names everything at once', async () => {
  const aws = fakeAws();
  Object.assign(aws, {
    account: '999999999999',
    limit: 10,
    bootstrap: undefined,
    zones: ['us-east-1a'],
  });
  const spec: Partial<StageSpec> = { account: '111122223333' };
  const found = await problems(aws, { spec, baseImage: 'node:24', reserved: 50 });
  expect(found).toEqual([
    expect.stringMatching(
      /^the credentials are of the account 999999999999, and production is deployed to 111122223333/,
    ),
    expect.stringMatching(
      /there is no \/cdk-bootstrap\/c123\/version.*pnpm@12 run bootstrap --stage production/,
    ),
    expect.stringMatching(
      /^the functions of production reserve 150 environments.*has 10 in all.*reservesConcurrency: false/,
    ),
    expect.stringMatching(
      /^the feature store needs two availability zones, and us-east-1 has us-east-1a$/,
    ),
    expect.stringMatching(/^the images are built on node:24, .*node:24@sha256:…/),
  ]);
});

it('a look that fails hides none of the others', async () => {
  const aws = fakeAws();
  aws.inject({ at: /^bootstrap/, error: () => new Error('AccessDenied') });
  aws.zones = [];
  expect(await problems(aws)).toEqual([
    "the CDK's bootstrap: could not be looked at: Error: AccessDenied",
    expect.stringContaining('has none'),
  ]);
});

describe('the account', () => {
  it('has to be prepared by a bootstrap that is new enough; that of previews is shared', async () => {
    const aws = fakeAws();
    aws.bootstrap = 5;
    expect(await problems(aws, { stage: 'pr-12' })).toEqual([
      "the CDK's bootstrap of pr-12 is version 5, and 6 is needed: run: npx -y pnpm@12 run bootstrap --stage preview",
    ]);
  });

  it('and its region are those that the assembly was made for', async () => {
    const environment = 'aws://222233334444/eu-west-1';
    expect(await problems(fakeAws(), { environment })).toEqual([
      expect.stringContaining('made for the account 222233334444, not 111122223333'),
      expect.stringContaining('made for eu-west-1, and production is in us-east-1'),
    ]);
  });

  it.each([
    // 3 functions of 10 each, over the 100 that AWS keeps.
    [129, 'fails'],
    [130, 'is enough'],
  ])('that may have %i environments %s', async (limit, outcome) => {
    const aws = fakeAws();
    aws.limit = limit;
    const releasing = releaseOf({ aws, root: repository.root, commit: 'a', reserved: 10 });
    if (outcome === 'fails')
      await expect(releasing).rejects.toThrow('of which 99 would be left. Ask for at least 130');
    else await releasing;
  });

  it('counts environments that the functions have already as theirs', async () => {
    const aws = fakeAws();
    aws.limit = 130;
    for (const commit of ['a', 'b'])
      await releaseOf({ aws, root: repository.root, commit, reserved: 10 });
    expect(await problems(aws, { reserved: 11 })).toHaveLength(1);
  });

  it('has the zones that the stage names', async () => {
    const spec = { zones: ['us-east-1b', 'us-east-1e'] as const };
    expect(await problems(fakeAws(), { spec })).toEqual([
      'us-east-1e cannot be used by this account: choose two of us-east-1a, us-east-1b, us-east-1c as zones of the stage in infra/stages.ts',
    ]);
    const { featureStore: _, ...without } = smallService;
    const aws = fakeAws();
    aws.zones = [];
    await releaseOf({ aws, root: repository.root, commit: 'a', blueprint: without });
  });
});

it('images of a stage that keeps no data may be built on anything', async () => {
  const spec = { keepsData: false };
  const aws = fakeAws();
  await releaseOf({ aws, root: repository.root, commit: 'a', spec, baseImage: 'node:24' });
  expect(liveIn(aws.cloud).isProtected).toBe(false);
});

describe('a stack', () => {
  it.each([
    ['UPDATE_IN_PROGRESS', /something changes it at this moment/],
    ['UPDATE_ROLLBACK_FAILED', /continue-update-rollback --stack-name chorus-serving$/],
    ['DELETE_FAILED', /aws cloudformation delete-stack --stack-name chorus-serving$/],
  ])('that is %s is explained', async (status, remedy) => {
    const aws = await released();
    Object.assign(aws.cloud.stacks.get('chorus-serving') ?? {}, {
      status,
      reason: 'Api: too many',
    });
    const [found, ...others] = await problems(aws);
    expect(found).toContain(`the stack chorus-serving is ${status} (Api: too many): `);
    expect(found).toMatch(remedy);
    expect(others).toEqual([]);
  });

  it('that was never made is made anew, unless it is protected', async () => {
    const aws = fakeAws();
    aws.inject({ at: /^deploy Foundation/ });
    await releaseOf({ aws, root: repository.root, commit: 'a' }).catch(() => undefined);
    const stack = aws.cloud.stacks.get('chorus-foundation');
    expect(stack?.status).toBe('ROLLBACK_COMPLETE');
    Object.assign(stack ?? {}, { isProtected: true });
    expect(await problems(aws)).toEqual([
      expect.stringMatching(/never made to the end.*--no-enable-termination-protection/),
    ]);
    Object.assign(stack ?? {}, { isProtected: false });
    const said: string[] = [];
    await releaseOf({
      aws,
      root: repository.root,
      commit: 'a',
      tell: (event) => said.push('text' in event ? event.text : ''),
    });
    expect(said).toContain(
      'chorus-foundation was never made to the end (injected); it is made anew',
    );
  });
});

describe('what is live', () => {
  it('has to be what the assembly keeps', async () => {
    const aws = await released();
    const pins = { one: { live: '7' }, two: { live: '1' } };
    expect(await problems(aws, { pins })).toEqual([
      'something was promoted or deployed since this assembly was made: chorus-one is at version 1, the assembly keeps 7; chorus-store is at version 1, the assembly has none. Make it again, from the start',
    ]);
  });

  it('is not cut off while it is promoted', async () => {
    const aws = await released();
    const pins = { one: { live: '1' }, two: { live: '1' }, store: { live: '1' } };
    for (const name of ['chorus-one', 'chorus-store'])
      Object.assign(aws.cloud.functions.get(name)?.aliases['live'] ?? {}, { canaries: ['2'] });
    expect(await problems(aws, { pins })).toEqual([
      expect.stringMatching(
        /^one is being promoted: .* version 2\. .*chorus models rollback one --aws --stage production$/,
      ),
      expect.stringMatching(
        /^the alias of chorus-store shares requests with version 2: end that: aws lambda update-alias/,
      ),
    ]);
  });

  it('is not cut off by a release of a tool that died', async () => {
    const aws = await released();
    const pins = { one: { live: '1' }, two: { live: '1' }, store: { live: '1' } };
    aws.cloud.shifts.push({
      id: 'd-9',
      functionName: 'chorus-two',
      from: '1',
      to: '2',
      status: 'InProgress',
    });
    expect(await problems(aws, { pins })).toEqual([
      expect.stringMatching(
        /^a deployment of chorus-two is under way.*aws deploy stop-deployment .*--deployment-id d-9$/,
      ),
    ]);
  });

  it('is not touched while somebody holds a lock', async () => {
    const aws = await released();
    const expires = '2026-12-01T00:00:00.000Z';
    aws.held = {
      two: {
        format: 1,
        token: 't',
        purpose: 'promote to v2',
        host: 'laptop',
        started: expires,
        expires,
      },
    };
    expect(await problems(aws)).toEqual([
      expect.stringMatching(/^two is being changed at this moment: "promote to v2" by laptop/),
    ]);
  });
});

describe('migrations', () => {
  const first = { name: '0001-features', sql: 'CREATE TABLE a (x int)' };
  const drop = { name: '0002-drop', sql: 'DROP TABLE a' };
  const said = { ...drop, contracts: 'nothing reads it' };
  const more = { name: '0003-more', sql: 'CREATE TABLE b (x int)' };

  it.each([
    ['that drop', [first, drop], /0002-drop: "DROP TABLE a" drops what the live code may use/],
    ['that contract beside others', [first, said, more], /is not alone: 0002-drop, 0003-more/],
  ])('%s are refused', async (_, migrations, problem) => {
    const aws = await released();
    const { root, remove } = smallRepository(migrations);
    const [found, ...others] = await problems(aws, { root }).finally(remove);
    expect(found).toMatch(problem);
    expect(others).toEqual([]);
  });

  it('that contract alone, and say so, are applied', async () => {
    const aws = await released();
    aws.migrations = [first.name, drop.name];
    const { root, remove } = smallRepository([first, said]);
    await releaseOf({ aws, root, commit: 'next' }).finally(remove);
    expect(liveIn(aws.cloud).database.applied).toEqual([first.name, drop.name]);
  });
});

it('a function that live workflows ask is not deleted under them', async () => {
  const aws = await released();
  const functions = smallService.functions.filter(({ name }) => name !== 'two');
  expect(await problems(aws, { blueprint: { ...smallService, functions } })).toEqual([
    expect.stringMatching(
      /^the function chorus-two would be deleted, and what is live still asks it/,
    ),
  ]);
});
