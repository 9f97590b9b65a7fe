import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blueprint, onnxModel } from '@chorus/blueprint';
import type { Manifest } from '@chorus/registry';
import { blueprint } from '@chorus/service';
import { afterEach, describe, expect, it } from 'vitest';
import { InvocationError, LiveVersionError } from '../errors.ts';
import { type Deployment, deploy, pinVersions, release } from './deployment.ts';
import type { Versions } from './live-versions.ts';

const root = join(import.meta.dirname, '../../..');
const models = blueprint.functions.flatMap(({ kind, name }) => (kind === 'model' ? [name] : []));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Returns an assembly with these versions in it. */
function assemblyWith(versions: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-assembly-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assembly-production'));
  const functions = Object.entries(versions).map(([name, version]) => [
    name,
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Environment: { Variables: { MODEL_KEY: `models/${name}/${version}/model.onnx` } },
      },
    },
  ]);
  writeFileSync(
    join(folder, 'assembly-production/Models.nested.template.json'),
    // Not all that is deployed serves a model, and a key elsewhere is no version that is deployed.
    JSON.stringify({
      Resources: {
        ...Object.fromEntries(functions),
        gateway: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: {} } } },
        alias: { Type: 'AWS::Lambda::Alias' },
        other: {
          Type: 'AWS::Other',
          Properties: { Environment: { Variables: { MODEL_KEY: 'models/svr/v99/model.onnx' } } },
        },
      },
    }),
  );
  return folder;
}

const all = (version: string) => Object.fromEntries(models.map((name) => [name, { version }]));

/** Lets all that is due run: a tool that nothing waits for is not done yet when the deployment is. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A deployment that writes down what it does, each time after a turn of the event loop. */
function recorded(there: {
  readonly live?: Versions;
  readonly asked?: Versions;
  /** Versions in the registry, oldest first, of every model. */
  readonly pushed?: readonly string[];
  readonly blueprint?: Blueprint;
  /** The origin whose pages may upload, as Foundation has it. */
  readonly uploadOrigin?: string;
  /** The errors of functions, one invocation after the other. */
  readonly failures?: readonly Error[];
}): { readonly deployment: Deployment; readonly done: string[]; readonly variables: object[] } {
  const done: string[] = [];
  const variables: object[] = [];
  const pushed = [...(there.pushed ?? [])];
  const failures = [...(there.failures ?? [])];
  const outputs: Readonly<Record<string, string>> = {
    ModelBucket: 'chorus-models-123456789012-us-east-1',
    PageBucket: 'page-files',
    PageUrl: 'https://d1.cloudfront.net',
    UploadOrigin: there.uploadOrigin ?? 'https://page.invalid',
  };
  const deployment: Deployment = {
    blueprint: there.blueprint ?? blueprint,
    root,
    stage: 'production',
    asked: there.asked ?? {},
    parameters: [],
    tools: {
      async cdk(parameters, more) {
        await turn();
        done.push(`cdk ${parameters.join(' ')}`);
        variables.push(more);
      },
      output: (_, name) => outputs[name] ?? `no ${name}`,
      async uploadPages(bucket, folder) {
        await turn();
        done.push(`upload ${folder} to ${bucket}`);
      },
      liveVersions: async () => there.live ?? {},
      registry: () => ({
        listVersions: async () => pushed,
        async fetchManifest(name, version) {
          if (!pushed.includes(version)) throw new Error(`${name} has no version ${version}`);
          return { name, version, file: { sha256: `sha of ${name} ${version}` } } as Manifest;
        },
        async pushVersion({ name, version }) {
          await turn();
          done.push(`push ${name} ${version}`);
          pushed.push(version);
          return 'created';
        },
      }),
      async invoke(name, event) {
        await turn();
        done.push(`invoke ${name} ${JSON.stringify(event)}`);
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        return {};
      },
      async pause(ms) {
        await turn();
        done.push(`pause ${ms}`);
      },
      async whileLocked(bucket, work) {
        done.push(`lock ${bucket}`);
        const result = await work();
        await turn();
        done.push('unlock');
        return result;
      },
    },
  };
  return { deployment, done, variables };
}

const deployed = (stack: string, more: string) =>
  `cdk deploy production/${stack} --exclusively ${more}`;

const migrates = 'invoke features {"chorus":"migrate"}';

describe('deploy', () => {
  it('deploys Foundation, then Serving under the lock, with the versions that are live', async () => {
    const live = { ...all('v3'), svr: { version: 'v7', sha256: 'ab' } };
    const { deployment, done, variables } = recorded({ live });
    await deploy(deployment);
    expect(done).toEqual([
      deployed('Foundation', '-c stages=production -c bundles=optional'),
      'lock chorus-models-123456789012-us-east-1',
      deployed('Serving', '-c stages=production'),
      migrates,
      'unlock',
    ]);
    expect(variables[1]).toMatchObject({
      SVR_MODEL_VERSION: 'v7',
      SVR_MODEL_SHA256: 'ab',
      RANDOM_FOREST_MODEL_VERSION: 'v3',
    });
  });

  it('takes the newest version, with its checksum, of a model that has no live version yet', async () => {
    const { deployment, variables } = recorded({ pushed: ['v1', 'v2'] });
    await deploy(deployment);
    expect(variables[1]).toMatchObject({
      SVR_MODEL_VERSION: 'v2',
      SVR_MODEL_SHA256: 'sha of svr v2',
    });
  });

  it('prefers a version that is asked for, if there is one', async () => {
    const asked = { svr: { version: 'v1' } };
    const { deployment, variables } = recorded({ live: all('v2'), pushed: ['v1', 'v2'], asked });
    await deploy(deployment);
    expect(variables[1]).toMatchObject({
      SVR_MODEL_VERSION: 'v1',
      RANDOM_FOREST_MODEL_VERSION: 'v2',
    });

    const unknown = recorded({
      live: all('v2'),
      pushed: ['v2'],
      asked: { svr: { version: 'v9' } },
    });
    await expect(deploy(unknown.deployment)).rejects.toThrow('svr has no version v9');
    expect(unknown.done).not.toContain(deployed('Serving', '-c stages=production'));
  });
});

describe('the migrations of the feature store', () => {
  const asleep = new InvocationError('chorus-features failed', 'Sandbox.Timedout');

  it('are asked for again while the database wakes up', async () => {
    const { deployment, done } = recorded({ live: all('v1'), failures: [asleep, asleep] });
    await deploy(deployment);
    expect(done.slice(3)).toEqual([
      migrates,
      'pause 10000',
      migrates,
      'pause 10000',
      migrates,
      'unlock',
    ]);
  });

  it('fail the deployment when the database does not wake, or refuses one', async () => {
    const failures = Array.from({ length: 6 }, () => asleep);
    const late = recorded({ live: all('v1'), failures });
    await expect(deploy(late.deployment)).rejects.toThrow(asleep);
    expect(late.done.filter((each) => each === migrates)).toHaveLength(6);

    const refused = new InvocationError('chorus-features failed', 'MigrationError');
    const once = recorded({ live: all('v1'), failures: [refused] });
    await expect(deploy(once.deployment)).rejects.toThrow(refused);
    expect(once.done.filter((each) => each === migrates)).toHaveLength(1);
  });

  it('are none of a service without a feature store', async () => {
    const { deployment, done } = recorded({ live: all('v1') });
    const { featureStore: _, ...without } = blueprint;
    await deploy({ ...deployment, blueprint: without });
    expect(done).not.toContain(migrates);
  });
});

describe('the public pages', () => {
  const page = { path: '/', source: 'apps/page', settings: {}, calls: ['POST /uploads'] };
  const withPages: Blueprint = { ...blueprint, pages: [page], publicPages: true };
  const tellFoundation = (source: string) =>
    deployed('Foundation', `${source} --parameters PageOrigin=https://d1.cloudfront.net`);
  const fromSource = '-c stages=production -c bundles=optional';

  it('are uploaded when all else is deployed, and Foundation is told their origin', async () => {
    const { deployment, done } = recorded({ live: all('v1'), blueprint: withPages });
    await deploy(deployment);
    expect(done.slice(-3)).toEqual([
      'unlock',
      `upload ${join(root, 'infra/cdk.out/pages/production')} to page-files`,
      tellFoundation(fromSource),
    ]);
  });

  it('are uploaded again where Foundation knows their origin, and it is left alone', async () => {
    const there = { live: all('v1'), uploadOrigin: 'https://d1.cloudfront.net' };
    const { deployment, done } = recorded({ ...there, blueprint: withPages });
    await deploy(deployment);
    expect(done.slice(-1)).toEqual([
      `upload ${join(root, 'infra/cdk.out/pages/production')} to page-files`,
    ]);
  });

  it('come from the assembly that is released', async () => {
    const assembly = assemblyWith(Object.fromEntries(models.map((name) => [name, 'v2'])));
    const there = { live: all('v2'), pushed: ['v1', 'v2'], blueprint: withPages };
    const { deployment, done } = recorded(there);
    await release(deployment, assembly);
    expect(done.slice(-2)).toEqual([
      `upload ${join(assembly, 'pages/production')} to page-files`,
      tellFoundation(`--app ${assembly}`),
    ]);
  });

  it.each([
    ['with pages that are not public', { pages: [page] }],
    ['that is open and has no pages', { publicPages: true }],
  ])('are none of a service %s', async (_, more) => {
    const there = {
      live: all('v1'),
      blueprint: { ...blueprint, pages: [], publicPages: false, ...more },
    };
    const { deployment, done } = recorded(there);
    await deploy(deployment);
    expect(done.at(-1)).toBe('unlock');
  });
});

describe('pinVersions', () => {
  it('names what is live, and v1 for what is not, and changes nothing', async () => {
    const { deployment, done } = recorded({ live: { svr: { version: 'v7', sha256: 'ab' } } });
    const pinned = await pinVersions(deployment);
    expect(pinned).toMatchObject({
      IMAGE_CLASSIFIER_MODEL_VERSION: 'v1',
      RANDOM_FOREST_MODEL_VERSION: 'v1',
      SVR_MODEL_VERSION: 'v7',
      SVR_MODEL_SHA256: 'ab',
    });
    expect(Object.keys(pinned)).toHaveLength(models.length + 1);
    expect(done).toEqual([]);
  });
});

describe('release', () => {
  it('deploys both stacks from the assembly', async () => {
    const assembly = assemblyWith(Object.fromEntries(models.map((name) => [name, 'v2'])));
    const { deployment, done } = recorded({ live: all('v2'), pushed: ['v1', 'v2'] });
    await release(deployment, assembly);
    expect(done).toEqual([
      deployed('Foundation', `--app ${assembly}`),
      'lock chorus-models-123456789012-us-east-1',
      deployed('Serving', `--app ${assembly}`),
      migrates,
      'unlock',
    ]);
  });

  it('refuses an assembly that would revert a promotion', async () => {
    const assembly = assemblyWith(Object.fromEntries(models.map((name) => [name, 'v2'])));
    const live = { ...all('v2'), svr: { version: 'v3' } };
    const { deployment, done } = recorded({ live, pushed: ['v1', 'v2', 'v3'] });
    const releasing = release(deployment, assembly);
    await expect(releasing).rejects.toThrow(LiveVersionError);
    await expect(releasing).rejects.toThrow('svr is at v3, the assembly has v2');
    expect(done).not.toContain(deployed('Serving', `--app ${assembly}`));
  });
});

describe('release of a model that has no live version yet', () => {
  const only = blueprint.functions.filter(({ name }) => name === 'image-classifier');
  const released = (version: string, pushed: readonly string[], live: Versions = {}) => {
    const { deployment, done } = recorded({ pushed, live });
    const assembly = assemblyWith({ 'image-classifier': version });
    const releasing = release(
      { ...deployment, blueprint: { ...blueprint, functions: only } },
      assembly,
    );
    return { releasing, done };
  };

  it('pushes a first version, which is what the assembly has', async () => {
    const { releasing, done } = released('v1', []);
    await releasing;
    expect(done).toContain('push image-classifier v1');
  });

  it('pushes the weights of a model without a package, and names a folder that is missing', async () => {
    const { deployment, done } = recorded({});
    const deployOnly = (name: string) =>
      deploy({ ...deployment, blueprint: { ...blueprint, functions: [onnxModel(name)] } });
    await deployOnly('image-classifier');
    expect(done).toContain('push image-classifier v1');
    const nothing = recorded({}).deployment;
    await expect(
      deploy({ ...nothing, blueprint: { ...blueprint, functions: [onnxModel('gone')] } }),
    ).rejects.toThrow('there is no folder packages/models/gone/weights');
  });

  it('refuses any other version that the registry does not have', async () => {
    const { releasing, done } = released('v2', ['v1']);
    await expect(releasing).rejects.toThrow('image-classifier has no version v2');
    expect(done).not.toContainEqual(expect.stringMatching(/Serving|push/));
  });

  it('refuses an assembly without a model that is live', async () => {
    const { releasing } = released('v1', ['v1'], { svr: { version: 'v3' } });
    await expect(releasing).rejects.toThrow('svr is at v3, the assembly has none');
  });
});

describe('the first deployment', () => {
  it('trains and pushes a version of each model, so that it answers', async () => {
    const [first] = blueprint.functions.filter(({ name }) => name === 'linear-regression');
    const only = { ...blueprint, functions: first === undefined ? [] : [first] };
    const { deployment, done, variables } = recorded({});
    await deploy({ ...deployment, blueprint: only });
    expect(done).toContain('push linear-regression v1');
    expect(variables[1]).toEqual({
      LINEAR_REGRESSION_MODEL_VERSION: 'v1',
      LINEAR_REGRESSION_MODEL_SHA256: 'sha of linear-regression v1',
    });
  });

  it('pushes the weights that a model ships, untrained', async () => {
    const only = blueprint.functions.filter(({ name }) => name === 'image-classifier');
    const { deployment, done } = recorded({});
    await deploy({ ...deployment, blueprint: { ...blueprint, functions: only } });
    expect(done).toContain('push image-classifier v1');
  });
});
