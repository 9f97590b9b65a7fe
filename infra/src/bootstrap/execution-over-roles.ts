import { globalArn, type Place, pathArns, toolkitArns } from './arns.ts';
import { bootstrapName, type OwnNames } from './stage-names.ts';
import type { Statement } from './statement.ts';

/** The services that may be given a role of ours. */
const passedTo = [
  'apigateway',
  'batch',
  'codedeploy',
  'ecs-tasks',
  'events',
  'lambda',
  'rds',
  'scheduler',
  'states',
];

/** The services that make a role of their own in an account that has none yet. */
const linkedTo = ['batch', 'elasticache', 'ops.apigateway', 'rds', 'wafv2', 'replicator.lambda'];

const host = (service: string) => `${service}.amazonaws.com`;

/** CloudFormation's rights over roles, as long as they have the stage's boundary. */
export function executionOverRoles(place: Place, names: OwnNames): readonly Statement[] {
  const own = pathArns(place, names);
  return [
    {
      Sid: 'BoundedRoles',
      Effect: 'Allow',
      Action: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
      ],
      Resource: own.roles,
      Condition: {
        StringEquals: {
          'iam:PermissionsBoundary': globalArn(
            place,
            'iam',
            `policy/${bootstrapName(names.bootstrap, 'boundary')}`,
          ),
        },
      },
    },
    {
      Sid: 'Roles',
      Effect: 'Allow',
      Action: [
        'iam:DeleteRole',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:List*',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      Resource: own.roles,
    },
    {
      Sid: 'Policies',
      Effect: 'Allow',
      Action: [
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:List*',
        'iam:SetDefaultPolicyVersion',
        'iam:TagPolicy',
        'iam:UntagPolicy',
      ],
      Resource: own.policies,
    },
    {
      Sid: 'PassRoles',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: own.roles,
      Condition: { StringEquals: { 'iam:PassedToService': passedTo.map(host) } },
    },
    // Nested stacks are made with the role of the stack that they are in.
    {
      Sid: 'PassItself',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: toolkitArns(place, names).role('cfn-exec'),
      Condition: { StringEquals: { 'iam:PassedToService': host('cloudformation') } },
    },
    {
      Sid: 'RolesOfServices',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: globalArn(place, 'iam', 'role/aws-service-role/*'),
      Condition: { StringEquals: { 'iam:AWSServiceName': linkedTo.map(host) } },
    },
  ];
}
