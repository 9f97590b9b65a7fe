import { expect, it } from 'vitest';
import { diffLines } from './diff.ts';
import { changesOf } from './template-tree.ts';

const template = (resources: object) => JSON.stringify({ Resources: resources });
const topic = (name: string, more: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: name },
  ...more,
});
const nested = (url: string) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: url },
});

it('tells what differs, in nested stacks too, and nothing that is no difference', () => {
  const before = {
    template: template({ A: topic('a'), B: topic('b'), C: topic('c'), N: nested('old') }),
    nested: { N: { template: template({ X: topic('x') }), nested: {} } },
  };
  const after = {
    template: template({
      A: topic('a', { Metadata: { 'aws:cdk:path': 'x' } }),
      B: topic('other'),
      D: topic('d'),
      N: nested('new'),
      M: nested('more'),
      CDKMetadata: { Type: 'AWS::CDK::Metadata' },
    }),
    nested: {
      N: { template: template({ X: topic('y') }), nested: {} },
      M: { template: template({ Z: topic('z') }), nested: {} },
    },
  };
  const type = 'AWS::SNS::Topic';
  const changes = changesOf(before, after);
  expect(changes).toEqual([
    { kind: 'changed', id: 'B', type },
    { kind: 'removed', id: 'C', type },
    { kind: 'added', id: 'D', type },
    { kind: 'added', id: 'M/Z', type },
    { kind: 'changed', id: 'N/X', type },
  ]);
  expect(changesOf(before, before)).toEqual([]);
  expect(diffLines([{ stack: 'chorus-serving', isNew: false, changes }])).toEqual([
    'chorus-serving: 2 added, 2 changed, 1 removed',
    '  ~ AWS::SNS::Topic B',
    '  - AWS::SNS::Topic C',
    '  + AWS::SNS::Topic D',
    '  + AWS::SNS::Topic M/Z',
    '  ~ AWS::SNS::Topic N/X',
  ]);
});
