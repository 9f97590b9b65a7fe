import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrapName, bootstrapOf, qualifierOf, rolePath } from '../bootstrap/stage-names.ts';
import type { StageOptions } from '../options.ts';
import { type Assembly, cleanUp, type Resource, written } from '../testing/assembly.ts';
import { deployPages } from '../testing/public-pages.ts';

afterAll(cleanUp);

const expires = '2026-12-01T09:00:00.000Z';
const stages: readonly Partial<StageOptions>[] = [
  { name: 'production', databaseProxy: true },
  { name: 'staging', account: '123456789012' },
  { name: 'pr-7', expires, keepsData: false, featureStore: false },
];

interface Artifact {
  readonly type: string;
  readonly displayName: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Returns the stacks of an assembly, as the CDK deploys them. */
function stacksOf(assembly: Assembly): readonly Artifact[] {
  const { artifacts }: { artifacts: Readonly<Record<string, Artifact>> } = JSON.parse(
    assembly.file('manifest.json') ?? '{}',
  );
  return Object.values(artifacts).filter(({ type }) => type === 'aws:cloudformation:stack');
}

describe.each(stages)('the stage $name', ({ name = '', ...options }) => {
  let assembly: Assembly;
  beforeAll(() => {
    assembly = deployPages({ name, ...options });
  });

  it('is three stacks, each after the one before', () => {
    const order = ['Foundation', 'Functions', 'Serving'];
    const stacks = stacksOf(assembly);
    expect(stacks.map(({ displayName }) => displayName)).toEqual(
      order.map((part) => `${name}/${part}`),
    );
    const prefix = name === 'production' ? 'chorus' : `chorus-${name}`;
    expect(stacks.map(({ properties }) => properties['stackName'])).toEqual(
      order.map((part) => `${prefix}-${part.toLowerCase()}`),
    );
  });

  it('is deployed through its own bootstrap, by whose roles and buckets no other stage is', () => {
    for (const { properties } of stacksOf(assembly)) {
      const { assumeRoleArn, cloudFormationExecutionRoleArn, stackTemplateAssetObjectUrl } =
        properties;
      for (const each of [assumeRoleArn, cloudFormationExecutionRoleArn])
        expect(each).toContain(`:role/cdk-${qualifierOf(name)}-`);
      expect(stackTemplateAssetObjectUrl).toContain(`s3://cdk-${qualifierOf(name)}-assets-`);
    }
    const files = assembly.names().map((file) => assembly.file(file) ?? '');
    const others = stages
      .map((each) => qualifierOf(each.name ?? ''))
      .filter((q) => q !== qualifierOf(name));
    for (const other of [...others, 'hnb659fds']) expect(files.join()).not.toContain(other);
  });

  it('has the boundary and the path of its bootstrap on every role', () => {
    const roles = assembly
      .names()
      .filter((file) => file.endsWith('.template.json'))
      .flatMap((file): readonly Resource[] =>
        Object.values(JSON.parse(assembly.file(file) ?? '{}').Resources as object),
      )
      .filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(10);
    const boundary = bootstrapName(bootstrapOf(name), 'boundary');
    for (const { Properties } of roles) {
      expect(written(Properties['PermissionsBoundary'])).toMatch(
        new RegExp(`:policy/${boundary}$`),
      );
      expect(Properties['Path']).toBe(rolePath(name));
    }
  });

  it('is told by the tags of its stacks, which CloudFormation gives to all that they hold', () => {
    for (const { properties } of stacksOf(assembly))
      expect(properties['tags']).toEqual({
        'chorus:stage': name,
        ...(options.expires !== undefined && { 'chorus:expires': expires }),
      });
  });
});
