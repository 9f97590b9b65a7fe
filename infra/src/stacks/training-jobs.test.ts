import {
  type Blueprint,
  type JobSpec,
  model,
  type PipelineSpec,
  pipelines,
} from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  bundledRoot,
  cleanUp,
  ofType,
  synthesise,
  written,
} from '../testing/assembly.ts';

const [workflow] = blueprint.workflows;
const [asked] = workflow?.functions ?? [];
if (workflow === undefined || asked === undefined) throw new Error('the service has no workflow');

const job: Omit<JobSpec, 'links'> = {
  name: 'fit',
  source: asked.source,
  vCpu: 4,
  memoryMb: 8192,
  timeoutSeconds: 3600,
  sageMaker: { instance: 'ml.m5.xlarge', diskGb: 30 },
};

const spec: PipelineSpec = {
  name: 'sold',
  workflow,
  target: { name: 'price' },
  train: [
    {
      model: model(asked.name),
      schema: { name: asked.name, inputs: [], outputs: [], maxBatch: 1 },
      trainer: 'forest',
      options: {},
      seed: 0,
      search: { trees: [1, 2] },
      job,
    },
  ],
  rows: { minimum: 1, maximum: 10 },
};

/** The service with one more pipeline, whose job SageMaker runs. */
const withTraining: Blueprint = {
  ...blueprint,
  machines: [...(blueprint.machines ?? []), ...pipelines([spec]).machines],
  jobs: pipelines([spec]).jobs,
};

let assembly: Assembly;
beforeAll(() => {
  // SageMaker trains on x86, whatever the processor of the functions.
  const functions = [...withTraining.functions, { ...asked, architecture: 'x64' as const }];
  const root = bundledRoot({}, undefined, { functions });
  assembly = synthesise({}, { blueprint: withTraining, root });
});
afterAll(cleanUp);

interface Statement {
  readonly Sid: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

function role(description: string) {
  const found = ofType(assembly.resources('Workflows'), 'AWS::IAM::Role').find(
    ([, { Properties }]) => Properties['Description'] === description,
  );
  if (found === undefined) throw new Error(`no role: ${description}`);
  const [id, { Properties }] = found;
  const statements = (Properties['Policies'] as readonly Policy[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
  return {
    id,
    properties: Properties,
    sids: statements.map(({ Sid }) => Sid),
    of: (sid: string) => statements.find(({ Sid }) => Sid === sid),
    resources: (sid: string) =>
      [statements.find(({ Sid }) => Sid === sid)?.Resource].flat().map((each) => written(each)),
  };
}

describe('a job that SageMaker runs', () => {
  it('has a role that SageMaker takes: its rows, its image, its log, and no more', () => {
    const { properties, sids, resources } = role('Of the training job chorus-fit');
    expect(JSON.stringify(properties['AssumeRolePolicyDocument'])).toContain(
      'sagemaker.amazonaws.com',
    );
    expect([...sids].sort()).toEqual(
      ['Login', 'MissTraining', 'Pull', 'ReadTraining', 'WriteLog', 'WriteTraining'].sort(),
    );
    const keys = resources('WriteTraining').map((arn) => arn.replace(/^.*?\//, ''));
    expect(keys.sort()).toEqual(['pipelines/*', 'scratch/*']);
    expect(resources('WriteLog')[0]).toMatch(
      /log-group\/aws\/sagemaker|log-group:\/aws\/sagemaker/,
    );
  });

  it('is begun, stopped and given its role by the state machine of the pipeline alone', () => {
    const machine = role('Of the state machine chorus-sold-pipeline');
    expect(machine.of('Train')?.Action).toEqual([
      'sagemaker:AddTags',
      'sagemaker:CreateTrainingJob',
      'sagemaker:DescribeTrainingJob',
      'sagemaker:StopTrainingJob',
    ]);
    expect(machine.resources('Train')[0]).toMatch(/:training-job\/chorus-fit-\*$/);
    expect(machine.of('HandRole')).toMatchObject({
      Action: 'iam:PassRole',
      Resource: { 'Fn::GetAtt': [role('Of the training job chorus-fit').id, 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    });
    expect(machine.resources('HearOfTraining')[0]).toMatch(
      /rule\/StepFunctionsGetEventsForSageMakerTrainingJobsRule$/,
    );
    const others = ofType(assembly.resources('Workflows'), 'AWS::IAM::Role').filter(
      ([, { Properties }]) => JSON.stringify(Properties).includes('CreateTrainingJob'),
    );
    expect(others).toHaveLength(1);
  });

  it('needs nothing of Batch', () => {
    expect(assembly.names().join()).not.toContain('Jobs');
  });

  it('is told where its order is, and gets the rows as channels', () => {
    const [, machine] =
      ofType(assembly.resources('Workflows'), 'AWS::StepFunctions::StateMachine').find(
        ([, { Properties }]) => Properties['StateMachineName'] === 'chorus-sold-pipeline',
      ) ?? [];
    const substitutions = Object(machine?.Properties['DefinitionSubstitutions']);
    expect(substitutions.FIT_JOB).toBe('chorus-fit');
    expect(written(substitutions.FIT_JOB_IMAGE)).toContain('container-assets');
    const definition = JSON.stringify(pipelines([spec]).machines[0]?.definition);
    const named = [...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    for (const name of new Set(named)) expect(Object.keys(substitutions)).toContain(name);
    const tasks = [...definition.matchAll(/createTrainingJob\.sync/g)];
    // The training, and the trials before it.
    expect(tasks).toHaveLength(2);
    const { Branches } = Object(pipelines([spec]).machines[0]?.definition).States.Train;
    const submitted = Object.entries(Object(Branches[0].States)).find(([name]) =>
      /^Train .* job$/.test(name),
    )?.[1];
    expect(Object(submitted)['Arguments']).toMatchObject({
      RoleArn: `\${FIT_JOB_ROLE}`,
      AlgorithmSpecification: { TrainingImage: `\${FIT_JOB_IMAGE}`, TrainingInputMode: 'File' },
      InputDataConfig: [
        {
          ChannelName: 'train',
          DataSource: {
            S3DataSource: { S3Uri: `{% "s3://\${TRAINING_BUCKET}/" & $data.train %}` },
          },
        },
        { ChannelName: 'test' },
      ],
      ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
      EnableManagedSpotTraining: true,
      StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 90_000 },
      Environment: { TRAINING_BUCKET: `\${TRAINING_BUCKET}`, TRAINING_JOB: expect.any(String) },
    });
  });
});
