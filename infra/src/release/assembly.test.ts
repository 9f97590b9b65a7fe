import { physicalName } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { candidateName, nextAlias } from '../names.ts';
import { bundledRoot, cleanUp, flags, production, temporaryFolder } from '../testing/assembly.ts';
import { type AssemblyFacts, readAssembly } from './assembly.ts';
import { trafficApplication } from './move-traffic.ts';
import { changesOf, textOf, treeOfAssembly } from './template-tree.ts';

const [model] = blueprint.functions.filter(({ kind }) => kind === 'model');
const name = model?.name ?? '';
const sha256 = 'ab'.repeat(32);
const stage = 'pr-7';
let folder: string;
let facts: AssemblyFacts;

beforeAll(() => {
  folder = temporaryFolder();
  const pins = { [name]: { live: '12', model: { version: 'v7', sha256 } } };
  const stages = [{ ...production, name: stage, pins, region: 'us-east-1' }];
  buildApp({ blueprint, root: bundledRoot(), stages }, flags.context, folder).synth();
  facts = readAssembly(folder, stage);
});
afterAll(cleanUp);

describe('what the templates of the service say', () => {
  it('are the versions that they keep live', () => {
    expect(facts.pins[physicalName(name, stage)]).toEqual({
      live: '12',
      model: { version: 'v7', sha256 },
    });
    for (const each of blueprint.functions)
      expect(facts.pins).toHaveProperty(physicalName(each.name, stage));
  });

  it('are the environments that functions reserve', () => {
    expect(facts.reserved[physicalName(name, stage)]).toBe(model?.concurrency);
  });

  it('are the region, the bootstrap that is needed, and what images are built on', () => {
    expect(facts).toMatchObject({ account: undefined, region: 'us-east-1' });
    expect(Object.keys(facts.bootstrap)).toEqual([
      expect.stringMatching(/^\/cdk-bootstrap\/\w+\/version$/),
    ]);
    expect(facts.images.length).toBeGreaterThan(0);
  });

  it('are three stacks, with those nested in them', () => {
    for (const id of ['Foundation', 'Functions', 'Serving']) {
      const tree = treeOfAssembly(folder, stage, id);
      expect(changesOf(undefined, tree).length).toBeGreaterThan(0);
      expect(changesOf(tree, tree)).toEqual([]);
    }
    const functions = changesOf(undefined, treeOfAssembly(folder, stage, 'Functions'));
    expect(functions).toContainEqual({
      kind: 'added',
      id: expect.stringMatching(/^\w+\/\w+$/),
      type: 'AWS::Lambda::Function',
    });
  });

  it('are the outputs, names and groups that a release goes by', () => {
    const outputsOf = (id: string) => {
      const { template = '{}' } = treeOfAssembly(folder, stage, id) ?? {};
      return Object.keys((JSON.parse(template) as { readonly Outputs?: object }).Outputs ?? {});
    };
    expect(outputsOf('Foundation')).toEqual(
      expect.arrayContaining(['ModelBucket', 'DatabaseArn', 'DatabaseSecret']),
    );
    expect(outputsOf('Serving')).toEqual(expect.arrayContaining(['ApiUrl', 'KeyId']));
    const textOfStack = (id: string) => {
      const tree = treeOfAssembly(folder, stage, id);
      return tree === undefined ? '' : textOf(tree).replaceAll(/": "/g, '":"');
    };
    const [functions, serving] = [textOfStack('Functions'), textOfStack('Serving')];
    for (const workflow of blueprint.workflows)
      expect(functions).toContain(
        `"StateMachineName":"${physicalName(candidateName(workflow.name), stage)}"`,
      );
    expect(functions).toContain(`"Name":"${nextAlias}"`);
    expect(serving).toContain(`"ApplicationName":"${trafficApplication(stage)}"`);
    for (const each of blueprint.functions)
      expect(serving).toContain(`"DeploymentGroupName":"${physicalName(each.name, stage)}"`);
  });

  it('are asked for of a stage that is there', () => {
    expect(() => readAssembly(folder, 'staging')).toThrow(
      `has no stage staging: it holds ${stage}`,
    );
  });
});
