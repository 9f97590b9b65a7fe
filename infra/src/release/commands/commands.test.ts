import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPins } from '../../pins.ts';
import { removeAssemblies, writeAssembly } from '../testing/fake-assembly.ts';
import { type FakeAws, fakeAws } from '../testing/fake-aws.ts';
import { liveIn } from '../testing/fake-cloud.ts';
import { smallRepository, smallService } from '../testing/small-service.ts';
import type { Commander } from './commander.ts';
import { deployCommand } from './deploy.ts';
import { destroyCommand } from './destroy.ts';
import { diffCommand } from './diff.ts';
import { previewCommand } from './preview.ts';

let repository: ReturnType<typeof smallRepository>;
let folder: string;
beforeAll(() => {
  repository = smallRepository();
});
afterAll(() => repository.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-commands-'));
});
afterEach(async () => {
  removeAssemblies();
  await rm(folder, { recursive: true });
});

interface Typed {
  readonly commander: Commander;
  readonly said: string[];
  readonly told: unknown[];
  readonly questions: string[];
  /** What was synthesised with. */
  readonly synthesised: { readonly stage: string; readonly expires?: string | undefined }[];
}

/** A person who types commands, and what they see. @param answer what they answer; undefined where no person is there */
function typed(aws: FakeAws, answer?: string, commit = 'first'): Typed {
  const said: string[] = [];
  const told: unknown[] = [];
  const questions: string[] = [];
  const synthesised: Typed['synthesised'] = [];
  const commander: Commander = {
    blueprint: smallService,
    known: {
      stages: { staging: { region: 'us-east-1' }, production: { region: 'us-east-1' } },
      preview: { region: 'eu-west-1', keepsData: false },
      previewDays: 3,
    },
    root: repository.root,
    variables: {},
    from: folder,
    terminal: {
      isAsked: answer !== undefined,
      say: (line) => said.push(line),
      tell: (value) => told.push(value),
      async ask(question) {
        questions.push(question);
        return answer ?? '';
      },
    },
    withAws: (_, work) => work(aws.tools),
    builderProblem: async () => undefined,
    bundle: async () => undefined,
    async synthesise({ stage, pins, assembly, expires }) {
      synthesised.push({ stage, expires });
      const environment = stage.startsWith('pr-') ? 'aws://unknown-account/eu-west-1' : undefined;
      const made = writeAssembly({
        blueprint: smallService,
        stage,
        pins: readPins(pins, stage),
        commit,
        ...(environment !== undefined && { environment }),
      });
      await cp(made, assembly, { recursive: true });
    },
    now: () => new Date('2026-12-01T00:00:00.000Z'),
  };
  return { commander, said, told, questions, synthesised };
}

const deployment = { stage: 'staging', model: [], parameters: [], yes: true };

describe('deploy', () => {
  it('synthesises with what is live and releases it, saying each step', async () => {
    const aws = fakeAws();
    await deployCommand(typed(aws).commander, deployment);
    const { commander, said, told } = typed(aws, undefined, 'second');
    await deployCommand(commander, deployment);
    expect(liveIn(aws.cloud).live).toMatchObject({ 'chorus-staging-one': '2' });
    expect(said.filter((line) => line.startsWith('['))).toHaveLength(15);
    expect(said).toContain('[ 1/15] Looking whether anything is in the way');
    expect(said.at(-1)).toBe('staging is released');
    expect(told.at(-1)).toEqual({ kind: 'released', stage: 'staging' });
  });

  it('shows what would change, and asks, unless it is told not to', async () => {
    const aws = fakeAws();
    const no = typed(aws, 'n');
    await expect(deployCommand(no.commander, { ...deployment, yes: false })).rejects.toThrow(
      'nothing was changed',
    );
    expect(no.said[3]).toMatch(/^chorus-staging-foundation \(new\): /);
    expect(aws.cloud.stacks.size).toBe(0);
    await expect(
      deployCommand(typed(aws).commander, { ...deployment, yes: false }),
    ).rejects.toThrow('there is no terminal to ask at: add --yes to release');
    const yes = typed(aws, 'y');
    await deployCommand(yes.commander, { ...deployment, yes: false });
    expect(yes.questions).toEqual(['Release staging in account 111122223333, us-east-1? [y/N] ']);
    expect(aws.cloud.stacks.size).toBe(3);
  });

  it('says what is missing before it takes the time to synthesise', async () => {
    const aws = fakeAws();
    const alone = typed(aws);
    await expect(deployCommand(alone.commander, { ...deployment, yes: false })).rejects.toThrow(
      'add --yes to release',
    );
    const idle = { ...alone.commander, builderProblem: async () => 'docker cannot build any now' };
    await expect(deployCommand(idle, deployment)).rejects.toThrow(
      /nothing was changed:\n {2}- docker cannot build any now/,
    );
    expect(alone.synthesised).toEqual([]);
    // A release of what others have synthesised asks for no more than that needs.
    await deployCommand(idle, { ...deployment, pin: 'pins' });
  });

  it('for a pipeline: what is live into a folder, later a release of what was made of it', async () => {
    const aws = fakeAws();
    const { commander } = typed(aws);
    await deployCommand(commander, { ...deployment, pin: 'pins' });
    expect(JSON.parse(readFileSync(join(folder, 'pins/staging.json'), 'utf8'))).toMatchObject({
      stage: 'staging',
    });
    await commander.synthesise({
      root: '',
      stage: 'staging',
      pins: join(folder, 'pins'),
      assembly: join(folder, 'cdk.out'),
      parameters: [],
      variables: {},
      signal: new AbortController().signal,
    });
    expect(aws.cloud.stacks.size).toBe(0);
    await deployCommand(commander, { ...deployment, assembly: 'cdk.out' });
    expect(aws.cloud.stacks.size).toBe(3);
  });

  it('takes a model to a version that is asked for, by a new version of its function', async () => {
    const aws = fakeAws();
    await deployCommand(typed(aws).commander, deployment);
    aws.cloud.registry.set('one', ['v1', 'v2']);
    await deployCommand(typed(aws).commander, { ...deployment, model: ['one=v2'] });
    const { code, live } = liveIn(aws.cloud);
    expect(code['chorus-staging-one']?.model?.version).toBe('v2');
    expect(live).toMatchObject({ 'chorus-staging-one': '2', 'chorus-staging-two': '1' });
  });

  it.each(['one', 'one=2', 'three=v2', '=v1'])('refuses the model %j', async (model) => {
    await expect(
      deployCommand(typed(fakeAws()).commander, { ...deployment, model: [model] }),
    ).rejects.toThrow('--model: expected a model and its version, such as one=v2');
  });

  it('says first which stage it is about, also where nothing is asked', async () => {
    const { commander, said } = typed(fakeAws());
    await deployCommand(commander, { ...deployment, stage: 'production' });
    expect(said[0]).toBe('production in us-east-1 (infra/stages.ts)');
  });

  it('says that the account is not prepared before anything is bundled', async () => {
    const aws = fakeAws();
    const { commander, synthesised } = typed(aws);
    const unprepared = {
      ...aws.tools,
      account: { ...aws.tools.account, bootstrapVersion: async () => undefined },
    };
    const bundled: string[] = [];
    const deploying = deployCommand(
      {
        ...commander,
        withAws: (_, work) => work(unprepared),
        bundle: async ({ stage }) => void bundled.push(stage),
      },
      deployment,
    );
    await expect(deploying).rejects.toThrow(
      /the account is not prepared for staging .* bootstrap --stage staging/,
    );
    expect({ bundled, synthesised }).toEqual({ bundled: [], synthesised: [] });
  });

  it('refuses a stage that there is not, and an assembly with pins', async () => {
    const { commander } = typed(fakeAws());
    await expect(deployCommand(commander, { ...deployment, stage: 'test' })).rejects.toThrow(
      'has no stage test',
    );
    await expect(
      deployCommand(commander, { ...deployment, assembly: 'a', pin: 'b' }),
    ).rejects.toThrow('without --pin and --model');
  });
});

it('diff changes nothing', async () => {
  const aws = fakeAws();
  await deployCommand(typed(aws).commander, deployment);
  const before = liveIn(aws.cloud);
  const same = typed(aws);
  await diffCommand(same.commander, deployment);
  expect(same.said).toContain('chorus-staging-serving: no change');
  // The code of three functions, and their aliases `live`, which were made with the first version.
  const other = typed(aws, undefined, 'second');
  await diffCommand(other.commander, deployment);
  expect(other.said).toContain('chorus-staging-functions: 0 added, 6 changed, 0 removed');
  expect(liveIn(aws.cloud)).toEqual(before);
});

describe('destroy', () => {
  const production = { ...deployment, stage: 'production' };

  it('asks for the name of the stage', async () => {
    const aws = fakeAws();
    await deployCommand(typed(aws).commander, production);
    const wrong = typed(aws, 'y');
    const removal = { stage: 'production', data: 'delete', yes: false } as const;
    await expect(destroyCommand(wrong.commander, removal)).rejects.toThrow('nothing was changed');
    expect(wrong.questions[0]).toContain('which nothing brings back. Type production to do it');
    expect(wrong.questions[0]).toMatch(/^In account 111122223333, us-east-1: /);
    expect(aws.cloud.stacks.size).toBe(3);
    await destroyCommand(typed(aws, 'production').commander, removal);
    expect(aws.cloud.stacks.size).toBe(0);
  });

  it("takes no script's word for the data of production", async () => {
    const aws = fakeAws();
    await deployCommand(typed(aws).commander, production);
    await expect(
      destroyCommand(typed(aws).commander, { stage: 'production', data: 'delete', yes: true }),
    ).rejects.toThrow('only when a person types its name');
    await destroyCommand(typed(aws).commander, { stage: 'production', data: 'keep', yes: true });
    expect([...aws.cloud.stacks.keys()]).toEqual(['chorus-foundation']);
  });
});

describe('preview', () => {
  const none = { expired: false, parameters: [] };

  it('deploys a stage that says when it ends, and is deleted with its data', async () => {
    const aws = fakeAws();
    const { commander, synthesised } = typed(aws);
    await previewCommand(commander, { ...none, number: '12' });
    expect(synthesised).toEqual([{ stage: 'pr-12', expires: '2026-12-04T00:00:00.000Z' }]);
    expect([...aws.cloud.stacks.keys()]).toContain('chorus-pr-12-serving');
    await previewCommand(commander, { ...none, remove: '12' });
    expect(aws.cloud.stacks.size).toBe(0);
  });

  it('deletes those whose time is up, one that fails keeping none of the others', async () => {
    const aws = fakeAws();
    const { commander, said } = typed(aws);
    for (const number of ['1', '2', '3']) await previewCommand(commander, { ...none, number });
    for (const [name, { tags }] of aws.cloud.stacks)
      tags['chorus:expires'] = name.includes('pr-3')
        ? '2026-12-05T00:00:00Z'
        : '2026-11-01T00:00:00Z';
    aws.inject({ at: /^remove chorus-pr-1-serving/ });
    await expect(previewCommand(commander, { ...none, expired: true })).rejects.toThrow(
      'pr-1: injected at remove chorus-pr-1-serving',
    );
    const left = [...aws.cloud.stacks.keys()].filter((name) => name.endsWith('foundation'));
    expect(left).toEqual(['chorus-pr-1-foundation', 'chorus-pr-3-foundation']);
    await previewCommand(commander, { ...none, expired: true });
    await previewCommand(commander, { ...none, expired: true });
    expect(said.at(-1)).toBe('No preview has expired');
  });

  it.each([[{}], [{ number: '1', remove: '1' }], [{ expired: true, number: '1' }]])(
    'refuses %j',
    async (values) => {
      await expect(
        previewCommand(typed(fakeAws()).commander, { ...none, ...values }),
      ).rejects.toThrow('preview takes one of');
    },
  );
});
