import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { afterAll, test } from 'vitest';
import { cleanUp, temporaryFolder } from '../testing/assembly.ts';
import { holdToStage } from './hold-to-stage.ts';

afterAll(cleanUp);

/** Returns the template of a stage with a role and a policy. */
function heldTo(name: string): Template {
  const stage = new Stage(new App({ outdir: temporaryFolder() }), name);
  holdToStage(stage, name);
  const stack = new Stack(stage, 'Some');
  const role = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  new ManagedPolicy(stack, 'Policy', {
    roles: [role],
    statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
  });
  return Template.fromStack(stack);
}

const boundary = (name: string) => ({
  'Fn::Join': [
    '',
    ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, `:policy/${name}`],
  ],
});

test.each([
  ['staging', 'chorus-staging-boundary', '/chorus/staging/'],
  ['production', 'chorus-production-boundary', '/chorus/production/'],
  ['pr-12', 'chorus-preview-boundary', '/chorus/preview/'],
])('roles and policies of %s have its boundary and its path', (stage, policy, path) => {
  const template = heldTo(stage);
  template.hasResourceProperties('AWS::IAM::Role', {
    PermissionsBoundary: boundary(policy),
    Path: path,
  });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Path: path });
});
