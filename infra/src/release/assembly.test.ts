import { physicalName } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { bundledRoot, cleanUp, flags, production, temporaryFolder } from '../testing/assembly.ts';
import { type AssemblyFacts, readAssembly } from './assembly.ts';
import { changesOf, treeOfAssembly } from './template-tree.ts';

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

  it('are asked for of a stage that is there', () => {
    expect(() => readAssembly(folder, 'staging')).toThrow(
      `has no stage staging: it holds ${stage}`,
    );
  });
});
