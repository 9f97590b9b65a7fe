import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StageOptions } from '../options.ts';
import { type Assembly, cleanUp, type Resource, written } from '../testing/assembly.ts';
import { deployPages } from '../testing/public-pages.ts';

afterAll(cleanUp);

const live = { pins: { svr: { live: '3' } } };
const stages: readonly (readonly [string, Partial<StageOptions>])[] = [
  ['the default options', {}],
  ['something live', live],
  ['no data to keep', { keepsData: false, logDays: 3 }],
  [
    'every option that adds something',
    { databaseProxy: true, dashboard: true, account: '123456789012' },
  ],
];

interface Template {
  readonly file: string;
  readonly resources: readonly (readonly [string, Resource & { readonly Metadata?: unknown }])[];
}

/** Returns every template of an assembly, nested ones too. */
function templatesOf(assembly: Assembly): readonly Template[] {
  return assembly
    .names()
    .filter((name) => name.endsWith('.template.json'))
    .map((file) => ({
      file,
      resources: Object.entries(JSON.parse(assembly.file(file) ?? '{}').Resources),
    }));
}

/** Tells whether a property is the name of its resource, which no other one may have. */
function isOwnName(type: string, property: string): boolean {
  const [, , kind] = type.split('::');
  return ['Name', `${kind}Name`, `${kind}Identifier`].includes(property);
}

/** Returns `file resource type` of those that a rule finds. */
function found(
  assembly: Assembly,
  rule: (resource: Resource, id: string) => boolean,
): readonly string[] {
  return templatesOf(assembly).flatMap(({ file, resources }) =>
    resources
      .filter(([id, resource]) => rule(resource, id))
      .map(([id, { Type }]) => `${file} ${id} ${Type}`),
  );
}

// A stack whose creation failed is taken back, deleted by the CDK, and made again: so nothing of it may stay, have a name
// that is taken then, or refuse to go. CloudFormation itself cannot be had in a test; these rules are what it goes by.
describe.each(stages)('a first deployment that fails, with %s, and is repeated', (_, options) => {
  let assembly: Assembly;
  beforeAll(() => {
    assembly = deployPages(options);
  });

  it('leaves nothing: what stays with its stack still goes with a failed creation', () => {
    expect(templatesOf(assembly).length).toBeGreaterThan(10);
    expect(found(assembly, ({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
    const snapshots = found(assembly, ({ DeletionPolicy }) => DeletionPolicy === 'Snapshot');
    // A snapshot takes a cluster that is whole; until something is live there is nothing in it.
    expect(snapshots.map((each) => each.split(' ')[2])).toEqual(
      options.pins === undefined ? [] : ['AWS::RDS::DBCluster'],
    );
  });

  it('is not kept by protection of a stack or a database, which comes when something is live', () => {
    const manifest = JSON.parse(assembly.file('manifest.json') ?? '{}');
    const stacks = Object.values<Readonly<Record<string, unknown>>>(manifest.artifacts).filter(
      ({ type }) => type === 'aws:cloudformation:stack',
    );
    expect(stacks).toHaveLength(3);
    const guarded = stacks.filter(({ properties }) => Object(properties).terminationProtection);
    expect(guarded.map(({ displayName }) => displayName)).toEqual(
      options.pins === undefined ? [] : ['production/Foundation'],
    );
    const protectedOnes = found(assembly, ({ Properties = {} }) =>
      Object.entries(Properties).some(
        ([key, value]) => /Protection(?:Enabled)?$/.test(key) && value === true,
      ),
    );
    expect(protectedOnes.map((each) => each.split(' ')[2])).toEqual(
      options.pins === undefined
        ? []
        : ['AWS::RDS::DBCluster', ...(blueprint.tables ?? []).map(() => 'AWS::DynamoDB::Table')],
    );
  });

  it('runs no code of its own in CloudFormation, which would have to run again to take it back', () => {
    const custom = /^Custom::|^AWS::CloudFormation::(?:CustomResource|WaitCondition|Macro)/;
    expect(found(assembly, ({ Type }) => custom.test(Type))).toEqual([]);
  });

  it('has each name once, so that no part is in the way of another', () => {
    const names = templatesOf(assembly).flatMap(({ resources }) =>
      resources.flatMap(([, { Type, Properties = {} }]) =>
        Object.entries(Properties)
          .filter(([key]) => isOwnName(Type, key))
          .filter(([, value]) => written(value).includes('chorus'))
          .map(([key, value]) => `${Type} ${key} ${written(value)}`),
      ),
    );
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
