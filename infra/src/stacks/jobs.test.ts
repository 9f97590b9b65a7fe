import { type Blueprint, bucket, type JobSpec, job, jobStates } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';

const [first] = blueprint.functions;
if (first === undefined) throw new Error('the service has no function');

const links = [
  bucket('papers', { access: 'read', prefix: 'rows/' }),
  bucket('papers', { access: 'write', prefix: 'fits/' }),
];

const fit: JobSpec = {
  name: 'fit',
  source: first.source,
  vCpu: 4,
  memoryMb: 8192,
  timeoutSeconds: 3600,
  links,
};

/** A service with a job on Spot capacity and one that is not, and a state machine that runs the first. */
const withJobs: Blueprint = {
  ...blueprint,
  buckets: [...blueprint.buckets, { name: 'papers', purpose: '' }],
  jobs: [fit, { ...fit, name: 'steady-fit', vCpu: 0.5, memoryMb: 1024, spot: false, attempts: 2 }],
  machines: [
    ...(blueprint.machines ?? []),
    {
      name: 'fits',
      type: 'standard',
      definition: {
        QueryLanguage: 'JSONata',
        StartAt: 'Fit',
        States: jobStates({
          state: 'Fit',
          job: 'fit',
          bucket: 'papers',
          folder: '"fits/1/"',
          variable: 'ORDER',
          order: { fit: 1 },
          success: { End: true },
          failure: { End: true },
        }),
      },
      functions: [],
      links: [...links, job('fit')],
      timeoutSeconds: 60,
    },
  ],
};

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise({}, { blueprint: withJobs });
});
afterAll(cleanUp);

const all = (type: string) => ofType(assembly.resources('Jobs'), type).map(([, each]) => each);

interface Container {
  readonly environment: readonly { readonly name: string; readonly value: unknown }[];
  readonly [name: string]: unknown;
}

interface Policy {
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Sid: string;
      readonly Action: unknown;
      readonly Resource: unknown;
    }[];
  };
}

const statementsOf = (properties: Readonly<Record<string, unknown>> | undefined) =>
  ((properties?.['Policies'] ?? []) as readonly Policy[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

describe('a service with jobs', () => {
  it('has a queue for each kind of capacity, of which nothing runs at rest', () => {
    const environments = all('AWS::Batch::ComputeEnvironment').map(({ Properties }) => [
      Properties['ComputeEnvironmentName'],
      Object(Properties['ComputeResources']).Type,
      Object(Properties['ComputeResources']).MaxvCpus,
      Object(Properties['ComputeResources']).MinvCpus,
    ]);
    expect(environments).toEqual([
      ['chorus-jobs-on-spot', 'FARGATE_SPOT', 16, undefined],
      ['chorus-jobs', 'FARGATE', 2, undefined],
    ]);
    expect(all('AWS::Batch::JobQueue').map(({ Properties }) => Properties['JobQueueName'])).toEqual(
      ['chorus-jobs-on-spot', 'chorus-jobs'],
    );
  });

  it('pays no NAT, no address and no endpoint while nothing runs', () => {
    const types = new Set(Object.values(assembly.resources('Jobs')).map(({ Type }) => Type));
    for (const paid of ['AWS::EC2::NatGateway', 'AWS::EC2::EIP'])
      expect(types.has(paid)).toBe(false);
    expect(
      all('AWS::EC2::VPCEndpoint').map(({ Properties }) => Properties['VpcEndpointType']),
    ).toEqual(['Gateway']);
  });

  it('lets a job open connections by HTTPS, and lets nothing in', () => {
    const [group, ...others] = all('AWS::EC2::SecurityGroup');
    expect(others).toEqual([]);
    expect(group?.Properties['SecurityGroupIngress']).toBeUndefined();
    expect(group?.Properties['SecurityGroupEgress']).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    ]);
    expect(all('AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  it('defines each job by its size, image, variables and retries', () => {
    const [spot, steady] = all('AWS::Batch::JobDefinition').map(({ Properties }) => Properties);
    const container = spot?.['ContainerProperties'] as Container;
    expect(spot).toMatchObject({
      JobDefinitionName: 'chorus-fit',
      PlatformCapabilities: ['FARGATE'],
      RetryStrategy: {
        Attempts: 5,
        EvaluateOnExit: [
          { OnStatusReason: 'Your Spot Task was interrupted*', Action: 'RETRY' },
          { OnReason: '*', Action: 'EXIT' },
        ],
      },
      Timeout: { AttemptDurationSeconds: 3600 },
    });
    expect(steady?.['RetryStrategy']).toMatchObject({ Attempts: 1 });
    expect(container).toMatchObject({
      ResourceRequirements: [
        { Type: 'VCPU', Value: '4' },
        { Type: 'MEMORY', Value: '8192' },
      ],
      NetworkConfiguration: { AssignPublicIp: 'ENABLED' },
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    });
    expect(Object(container)['Environment'].map(({ Name }: { Name: string }) => Name)).toEqual([
      'PAPERS_BUCKET',
    ]);
    expect(written(Object(container)['Image'])).toContain('container-assets');
  });

  it('gives a job the rights of its links, and no more', () => {
    const roles = all('AWS::IAM::Role').map(({ Properties }) => Properties);
    const own = roles.find(({ Description }) => Description === 'Of the job chorus-fit');
    expect(statementsOf(own).map(({ Sid }) => Sid)).toEqual([
      'ReadPapers',
      'MissPapers',
      'WritePapers',
    ]);
    const start = roles.find(({ Description }) => Description === 'By which Fargate starts jobs');
    expect(statementsOf(start).map(({ Sid }) => Sid)).toEqual(['Login', 'Pull', 'WriteLog']);
  });

  it('gives a state machine the right to run that job, and to hear of its end', () => {
    const [, role] =
      ofType(assembly.resources('Workflows'), 'AWS::IAM::Role').find(
        ([, { Properties }]) => Properties['Description'] === 'Of the state machine chorus-fits',
      ) ?? [];
    const statements = statementsOf(role?.Properties);
    const resources = (sid: string) =>
      [statements.find(({ Sid }) => Sid === sid)?.Resource].flat().map((each) => written(each));
    const here = 'us-east-1:<AWS::AccountId>';
    expect(resources('SubmitFit').map((text) => text.replace(/^arn:[^:]+:/, ''))).toEqual([
      `batch:${here}:job-definition/chorus-fit`,
      `batch:${here}:job-definition/chorus-fit:*`,
      `batch:${here}:job-queue/chorus-jobs-on-spot`,
    ]);
    expect(resources('FollowJobs')).toEqual(['*']);
    expect(resources('HearOfJobs')[0]).toMatch(/rule\/StepFunctionsGetEventsForBatchJobsRule$/);
  });
});

it('a service without jobs has no stack for them', () => {
  expect(serviceAssembly().names().join()).not.toContain('Jobs');
});
