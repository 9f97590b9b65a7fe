import { expect, test } from 'vitest';
import { InfraError, OptionError } from '../errors.ts';
import type { Stages } from './app.ts';
import { placeOf } from './arns.ts';
import { bootstrap } from './bootstrap.ts';

const account = '111122223333';

const all: Stages = {
  repository: { name: 'acme/chorus', id: 7 },
  stages: {
    staging: { region: 'us-east-1', notify: 'someone@example.com' },
    production: { region: 'eu-central-1' },
  },
  preview: { region: 'us-east-1' },
};

/** Bootstraps against doubles, and returns what was said and run. */
async function run(
  stage: string,
  stages: Stages = all,
  { hasProvider = false, confirmed = true, failsAt = '' } = {},
) {
  const said: string[] = [];
  const ran: (readonly string[])[] = [];
  const done = bootstrap(stages, stage, {
    lookAround: async (region) => ({ place: placeOf(account, region), hasProvider }),
    cdk: async (parameters) => {
      ran.push(parameters);
      if (failsAt !== '' && parameters.includes(failsAt)) throw new Error(`${failsAt} failed`);
    },
    say: (line) => said.push(line),
    async confirm() {
      if (!confirmed) throw new InfraError('nothing was changed');
    },
  });
  const error = await done.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, text: said.join('\n'), ran };
}

test('the policies are there before the roles that take them', async () => {
  const { error, ran } = await run('staging');
  expect(error).toBeUndefined();
  expect(ran.map(([command, what]) => [command, what])).toEqual([
    ['deploy', 'Identity'],
    ['deploy', 'Bootstrap'],
    ['bootstrap', `aws://${account}/us-east-1`],
  ]);
  const last = ran.at(-1) ?? [];
  expect(last[last.indexOf('--cloudformation-execution-policies') + 1]?.split(',')).toEqual(
    ['execution', 'roles', 'others'].map(
      (part) => `arn:aws:iam::${account}:policy/chorus-staging-${part}`,
    ),
  );
  expect(last[last.indexOf('--custom-permissions-boundary') + 1]).toBe('chorus-staging-toolkit');
  expect(last).toContain('--apply-permissions-boundary-to-all-roles');
});

test('each stage has a CDK bootstrap of its own', async () => {
  const of = async (stage: string) => {
    const last = (await run(stage)).ran.at(-1) ?? [];
    return [
      last[1],
      last[last.indexOf('--qualifier') + 1],
      last[last.indexOf('--toolkit-stack-name') + 1],
    ];
  };
  const [staging, production, preview] = [
    await of('staging'),
    await of('production'),
    await of('preview'),
  ];
  expect(production[0]).toBe(`aws://${account}/eu-central-1`);
  expect(new Set([staging[1], production[1], preview[1]]).size).toBe(3);
  expect(new Set([staging[2], production[2], preview[2]]).size).toBe(3);
  expect(staging[1]).toMatch(/^[a-z0-9]{10}$/);
});

test("GitHub's identity provider is not made where something else made it", async () => {
  const { ran } = await run('staging', all, { hasProvider: true });
  expect(ran.map(([, what]) => what)).not.toContain('Identity');
});

test('nothing is done before it is confirmed', async () => {
  const { error, ran, text } = await run('staging', all, { confirmed: false });
  expect(String(error)).toContain('nothing was changed');
  expect(ran).toEqual([]);
  expect(text).toContain(`In account ${account}, us-east-1`);
});

test('a step that fails ends it', async () => {
  const { error, ran, text } = await run('staging', all, { failsAt: 'Bootstrap' });
  expect(String(error)).toContain('Bootstrap failed');
  expect(ran).toHaveLength(2);
  expect(text).not.toContain('gh ');
});

test.each<[string, string, Partial<Stages>]>([
  ['a stage that is not there', 'testing', {}],
  ['no repository', 'staging', { repository: { name: 'your-organisation/chorus', id: 7 } }],
  ['a repository without a number', 'staging', { repository: { name: 'acme/chorus' } }],
  [
    'another account',
    'staging',
    { stages: { staging: { region: 'us-east-1', account: '999999999999' } } },
  ],
  ['a stage with a name of previews', 'pr', { stages: { pr: { region: 'us-east-1' } } }],
  ['a stage called preview', 'preview', { stages: { preview: { region: 'us-east-1' } } }],
  [
    'a long name',
    'a-name-that-is-long',
    { stages: { 'a-name-that-is-long': { region: 'us-east-1' } } },
  ],
])('%s is refused before anything is done', async (_, stage, changed) => {
  const { error, ran } = await run(stage, { ...all, ...changed });
  expect(error).toBeInstanceOf(OptionError);
  expect(ran).toEqual([]);
});

test('it says what is left to do at GitHub', async () => {
  const { text } = await run('staging');
  expect(text).toContain(
    `gh variable set AWS_ROLE --repo acme/chorus --env staging --body arn:aws:iam::${account}:role/chorus-staging-deploy`,
  );
  expect(text).toContain(
    `gh variable set AWS_ROLE_STAGING --repo acme/chorus --env assemble --body arn:aws:iam::${account}:role/chorus-staging-assemble`,
  );
  expect(text).toContain('deployment-branch-policies -f name=main');
  const preview = (await run('preview')).text;
  expect(preview).toContain('gh variable set PREVIEWS --repo acme/chorus --body true');
  expect(preview).not.toContain('assemble');
});

test('it says whether costs and alarms reach someone', async () => {
  expect((await run('staging')).text).toContain('someone@example.com gets a message');
  expect((await run('production')).text).toContain('reach no one');
});

test('it says that production has to be given reviewers', async () => {
  expect((await run('production')).text).toContain('has required reviewers at GitHub');
  expect((await run('staging')).text).not.toContain('reviewers');
});

test('it asks for name and number of the repository at once', async () => {
  const { error } = await run('staging', {
    ...all,
    repository: { name: 'your-organisation/chorus' },
  });
  expect(String(error)).toMatch(/as owner\/name, and its id, which gh api/);
});

test('it says when a budget of a tag counts nothing yet', async () => {
  const spec = { region: 'us-east-1', notify: 'someone@example.com', account };
  const together = { ...all, stages: { staging: spec, production: spec } };
  expect((await run('staging', together)).text).toContain('update-cost-allocation-tags-status');
  expect((await run('staging')).text).not.toContain('update-cost-allocation-tags-status');
});

test('it says which stages a new one would have to be added to', async () => {
  expect((await run('production')).text).toContain('chorus-staging-… and chorus-pr-…');
  const apart = {
    ...all,
    stages: {
      staging: { region: 'us-east-1', account: '999999999999' },
      production: { region: 'us-east-1', account },
    },
    preview: { region: 'us-east-1', account: '999999999999' },
  };
  expect((await run('production', apart)).text).not.toContain('kept off');
});
