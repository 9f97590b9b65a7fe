import { type Blueprint, bucket, table } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  synthesise,
  written,
} from '../testing/assembly.ts';

const [first, ...others] = blueprint.workflows;
if (first === undefined) throw new Error('the service has no workflow');

/** The service, of which one workflow has links. */
const linked: Blueprint = {
  ...blueprint,
  tables: [
    { name: 'reviews', purpose: '', key: { name: 'id', type: 'S' } },
    ...(blueprint.tables ?? []).filter(({ name }) => name !== 'reviews'),
  ],
  workflows: [
    {
      ...first,
      links: [
        table('reviews', { access: 'write' }),
        bucket('uploads', { access: 'read', prefix: 'texts/' }),
      ],
    },
    ...others,
  ],
};

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise({}, { blueprint: linked });
});
afterAll(cleanUp);

/** Resources of the state machines of one workflow, in the stack of those that are live or of those that are tried. */
function ofMachine(stack: string, type: string, name: string): Resource {
  const [, found] =
    ofType(assembly.resources(stack), type).find(
      ([, { Properties }]) =>
        Properties['StateMachineName'] === name ||
        Properties['Description'] === `Of the state machine ${name}`,
    ) ?? [];
  if (found === undefined) throw new Error(`no ${type} of ${name}`);
  return found;
}

interface Policy {
  readonly PolicyName: string;
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Action: string | readonly string[];
      readonly Resource: unknown;
    }[];
  };
}

/** One allowed action on one resource a line, but for functions, logs and traces. */
function rights(stack: string, name: string): readonly string[] {
  const { Properties } = ofMachine(stack, 'AWS::IAM::Role', name);
  return (Properties['Policies'] as readonly Policy[])
    .filter(({ PolicyName }) => PolicyName === 'use')
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => `${action} ${[Resource].flat().map(written).join()}`),
    );
}

describe.each([
  ['Workflows', `chorus-${first.name}`],
  ['Candidates', `chorus-${first.name}-next`],
])('a workflow with links, in %s', (stack, name) => {
  it('is told the names, and may do what the links say, and no more', () => {
    const { Properties } = ofMachine(stack, 'AWS::StepFunctions::StateMachine', name);
    const substitutions = Object(Properties['DefinitionSubstitutions']);
    expect(substitutions).toMatchObject({ REVIEWS_TABLE: 'chorus-reviews' });
    expect(written(substitutions['UPLOADS_BUCKET'])).toMatch(/^chorus-uploads-/);
    const reviews = 'arn:aws:dynamodb:us-east-1:<AWS::AccountId>:table/chorus-reviews';
    const uploads = 'arn:<AWS::Partition>:s3:::chorus-uploads-<AWS::AccountId>-<AWS::Region>';
    expect(rights(stack, name)).toEqual([
      `dynamodb:ConditionCheckItem ${reviews}`,
      `dynamodb:DeleteItem ${reviews}`,
      `dynamodb:PutItem ${reviews}`,
      `dynamodb:UpdateItem ${reviews}`,
      `s3:GetObject ${uploads}/texts/*`,
      `s3:ListBucket ${uploads}`,
    ]);
  });
});

it('a workflow without links has no such rights', () => {
  const [other] = others;
  expect(other).toBeDefined();
  expect(rights('Workflows', `chorus-${other?.name}`)).toEqual([]);
});

it('links to what is not there are refused before anything is deployed', () => {
  const lost = { ...first, links: [table('nothing', { access: 'read' })] };
  expect(() => synthesise({}, { blueprint: { ...blueprint, workflows: [lost] } })).toThrow(
    `${first.name}: there is no table nothing`,
  );
});
