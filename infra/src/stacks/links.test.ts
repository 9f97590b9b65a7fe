import { BlueprintError, type FunctionSpec, type Link, needsOfFunction } from '@chorus/blueprint';
import { linkedBlueprint, linkLists } from '@chorus/blueprint/testing';
import { App, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { placeOf } from '../bootstrap/arns.ts';
import { rolesBoundary } from '../bootstrap/boundaries.ts';
import { ownNames } from '../bootstrap/stage-names.ts';
import { cleanUp, flags, production, temporaryFolder, written } from '../testing/assembly.ts';
import { judge } from '../testing/policy.ts';
import { environmentOf } from './function-environment.ts';
import { functionRole } from './function-role.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface Deployed {
  readonly statements: readonly Statement[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Of every app: without one, each would make a folder of its own, and leave it behind. */
const outdir = temporaryFolder();
afterAll(cleanUp);

const model = { version: 'v7', sha256: 'ab'.repeat(32) };
const pins = Object.fromEntries(linkedBlueprint.functions.map(({ name }) => [name, { model }]));

/** Deploys a function with these links. @throws {BlueprintError} if they contradict */
function deploy(spec: FunctionSpec, links: readonly Link[]): Deployed {
  const stack = new Stack(new App({ context: { ...flags.context }, outdir }), 'Models');
  const service = { blueprint: linkedBlueprint, root: '/' };
  const stage = { ...production, pins };
  const linked = { ...spec, links };
  functionRole(stack, linked, new LogGroup(stack, 'Log'), service, stage);
  const role = stack.node.findChild(`Role-${spec.name}`).node.defaultChild;
  if (!CfnRole.isCfnRole(role)) throw new Error('no role');
  const policies: readonly { policyName: string; policyDocument: { Statement: Statement[] } }[] =
    stack.resolve(role.policies);
  return {
    statements: policies.flatMap((each) =>
      each.policyName === 'serve' ? each.policyDocument.Statement : [],
    ),
    environment: environmentOf(stack, linked, service, stage),
  };
}

/** One allowed action on one resource a line. */
function rights({ statements }: Deployed): readonly string[] {
  const lines = statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((each) => `${action} ${written(each)}`)),
    );
  return [...new Set(lines)].sort();
}

const account = '<AWS::Region>:<AWS::AccountId>';
/** The resources that a right may be on: those of this service, by name; but for the actions that join a network. */
const ofThisService = [
  /^s3:(?:GetObject|PutObject) arn:<AWS::Partition>:s3:::chorus-[a-z0-9-]+-<AWS::AccountId>-<AWS::Region>\/(?:\*|[\w/-]+\/\*(?:\/manifest\.json)?)$/,
  /^s3:(?:GetObject|PutObject|DeleteObject) arn:<AWS::Partition>:s3:::chorus-models-<AWS::AccountId>-<AWS::Region>\/(?:locks|promotions)\/[a-z0-9-]+\.json$/,
  /^s3:ListBucket arn:<AWS::Partition>:s3:::chorus-[a-z0-9-]+-<AWS::AccountId>-<AWS::Region>$/,
  new RegExp(
    `^lambda:\\w+ arn:<AWS::Partition>:lambda:${account}:function:chorus-[a-z-]+(?::live|:\\*)?$`,
  ),
  new RegExp(
    `^states:StartSyncExecution arn:<AWS::Partition>:states:${account}:stateMachine:chorus-[a-z-]+$`,
  ),
  new RegExp(
    `^dynamodb:(?:GetItem|PutItem|UpdateItem|DeleteItem|ConditionCheckItem) arn:<AWS::Partition>:dynamodb:${account}:table/chorus-[a-z-]+$`,
  ),
  new RegExp(
    `^dynamodb:Query arn:<AWS::Partition>:dynamodb:${account}:table/chorus-[a-z-]+(?:/index/[a-z-]+)?$`,
  ),
  new RegExp(
    `^sqs:(?:SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes) arn:<AWS::Partition>:sqs:${account}:chorus-[a-z-]+(?:\\.fifo)?$`,
  ),
  new RegExp(
    `^logs:FilterLogEvents arn:<AWS::Partition>:logs:${account}:log-group:/aws/lambda/chorus-[a-z-]+:\\*$`,
  ),
  new RegExp(`^sns:Publish arn:<AWS::Partition>:sns:${account}:chorus-[a-z-]+$`),
  new RegExp(`^events:PutEvents arn:<AWS::Partition>:events:${account}:event-bus/chorus-[a-z-]+$`),
  new RegExp(
    `^batch:SubmitJob arn:<AWS::Partition>:batch:${account}:(?:job-definition/chorus-[a-z-]+(?::\\*)?|job-queue/chorus-[a-z-]+)$`,
  ),
  /^rds-db:connect arn:.*:dbuser:\{\{resolve:ssm:\/chorus\/feature-store\/database-id\}\}\/features$/,
  /^ec2:(?:Create|Delete|Describe)NetworkInterfaces? \*$|^ec2:(?:Una|A)ssignPrivateIpAddresses \*$|^ec2:DescribeSubnets \*$/,
];

/** The most that a function's role may do, which a bootstrap gives all roles of a stage. */
const boundary = [
  {
    Statement: rolesBoundary(
      placeOf('111122223333', 'us-east-1'),
      ownNames('production', ['production']),
    ),
  },
];

/** Whether the boundary lets an allowed action through; a line of `rights`. */
function isWithinBoundary(line: string): boolean {
  const [action = '', resource = ''] = line
    .replace('<AWS::Partition>', 'aws')
    .replace('<AWS::Region>', 'us-east-1')
    .replace('<AWS::AccountId>', '111122223333')
    .split(' ');
  return judge({ policies: boundary }, { action, resource }) === 'allowed';
}

it('any links on one function make policies that IAM takes and that allow what each link does, and no more', () => {
  let held = 0;
  fc.assert(
    fc.property(fc.constantFrom(...linkedBlueprint.functions), linkLists, (spec, links) => {
      let deployed: Deployed;
      try {
        deployed = deploy(spec, links);
      } catch (error) {
        expect(error).toBeInstanceOf(BlueprintError);
        expect(links).toContainEqual({ kind: 'feature-store' });
        return;
      }
      held += 1;
      const sids = deployed.statements.map(({ Sid }) => Sid);
      expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
      expect(new Set(sids).size).toBe(sids.length);
      const allowed = rights(deployed);
      expect(allowed.filter((line) => !ofThisService.some((right) => right.test(line)))).toEqual(
        [],
      );
      expect(allowed.filter((line) => !isWithinBoundary(line))).toEqual([]);
      const isolated = links.length > 0 && links.every(({ kind }) => kind === 'feature-store');
      const plain = linkedBlueprint.functions.find(({ kind }) => kind === 'task') ?? spec;
      const alone = [...links.map((each) => deploy(plain, [each])), deploy(spec, [])];
      expect(allowed).toEqual([...new Set(alone.flatMap(rights))].sort());
      expect(sids.includes('NotByItsCode')).toBe(isolated);
      const { variables } = needsOfFunction({ ...spec, links }, linkedBlueprint);
      expect(Object.keys(deployed.environment)).toEqual(Object.keys(variables));
    }),
    { numRuns: 100 },
  );
  expect(held).toBeGreaterThan(20);
});
