import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp } from '../testing/assembly.ts';
import { judge, type Rights } from '../testing/policy.ts';
import { arnsOf } from '../testing/policy-hostile.ts';
import { namesOf, ofBootstrap, typesOf } from '../testing/policy-principals.ts';
import { sampleOf } from '../testing/policy-samples.ts';

afterAll(cleanUp);

/** The calls of CloudFormation's own handlers, by type, from its registry's schemas (`handlers.*.permissions`). */
const handlers: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../testing/cloudformation-actions.json'), 'utf8'),
);

/** What handlers would call for properties that no template here has. */
const unused = [
  /^kms:(Decrypt|Encrypt|GenerateDataKey|Describe\*|Get\*|List\*|RevokeGrant)$/, // keys of one's own
  /^kinesis:|^dynamodb:ListTables$|^s3:GetObjectMetadata$/, // streams, listing and import of tables
  /^lambda:(PassCapacityProvider|AssociateRuntimeAlias|GetLayerVersion|.*CodeSigning.*)$/,
  /^iam:.*(User|Group)/, // policies of users and groups
  /^iam:(Put|Delete)RolePermissionsBoundary$/, // the boundary of a role stays
  /^s3:(GetObject|DeleteObject|PutObjectAcl|REST\.PUT\.OBJECT|GetObjectVersion)$/,
  /^ec2:(.*VerifiedAccess.*|.*VpcEncryptionControl.*|DescribeInstances)$/,
  /^secretsmanager:/, // by RDS, below
  /^rds:(.*(Snapshot|ReadReplica|GlobalCluster|PointInTime|AutomatedBackups.*|DBSnapshot))$/,
  /^s3:PutObjectLockConfiguration$/, // IAM has no such action
  /^codedeploy:RegisterOnPremisesInstance$/,
  /^cloudfront:(.*ConnectionGroup|GetVpcOrigin)$/,
  /^logs:(AssociateKmsKey|DisassociateKmsKey)$/,
  /^wafv2:.*PermissionPolicy$/,
];

/** Returns the rights of CloudFormation in a stage. */
function rightsAt(stage: string, other: string): Rights {
  const principals = ofBootstrap(namesOf(stage), namesOf(other));
  const rights = principals.find(({ name }) => name === 'execution')?.rights;
  if (rights === undefined) throw new Error('the bootstrap has no role for CloudFormation');
  return rights;
}

describe.each([
  ['staging', 'production'],
  ['production', 'staging'],
])('CloudFormation, as it deploys %s', (stage, other) => {
  it('may call what its handlers call for every type that the templates have, and for the optional ones', () => {
    const own = namesOf(stage);
    const rights = rightsAt(stage, other);
    const types = typesOf(stage).filter((type) => type.startsWith('AWS::'));
    expect(types.filter((type) => handlers[type] === undefined)).toEqual([]);
    const refused = Object.entries(handlers).flatMap(([type, actions]) =>
      actions
        .filter((action) => !unused.some((pattern) => pattern.test(action)))
        .filter((action) => judge(rights, sampleOf(action, own)) !== 'allowed')
        .map((action) => `${type}: ${action}`),
    );
    expect(refused).toEqual([]);
  });

  it('may make the secret that RDS asks for, and pass roles to what takes them', () => {
    const own = namesOf(stage);
    const rights = rightsAt(stage, other);
    const passed = (service: string) => ({
      action: 'iam:PassRole',
      resource: arnsOf(own).role,
      context: { 'iam:PassedToService': `${service}.amazonaws.com` },
    });
    for (const service of [
      'apigateway',
      'batch',
      'codedeploy',
      'ecs-tasks',
      'events',
      'lambda',
      'rds',
      'states',
    ])
      expect(judge(rights, passed(service))).toBe('allowed');
    expect(judge(rights, sampleOf('secretsmanager:CreateSecret', own))).toBe('allowed');
    // RDS asks for the rights over the groups that a database has by default, too.
    for (const group of ['og:default:aurora-postgresql-17', 'pg:default.aurora-postgresql17']) {
      const resource = `arn:aws:rds:us-east-1:111122223333:${group}`;
      expect(judge(rights, { action: 'rds:CreateDBInstance', resource })).toBe('allowed');
    }
  });
});
