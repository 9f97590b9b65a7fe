import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pins } from '../pins.ts';
import {
  type Assembly,
  bundledRoot,
  cleanUp,
  ofType,
  type Resource,
  synthesise,
  written,
} from '../testing/assembly.ts';

const sha256 = 'ab'.repeat(32);
const models = blueprint.functions.filter(({ kind }) => kind === 'model');

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

let assembly: Assembly;
let functions: Readonly<Record<string, Resource>>;

beforeAll(() => {
  assembly = synthesise({ pins: { svr: { model: { version: 'v7', sha256 } } } });
  functions = byName(assembly);
});
afterAll(cleanUp);

/** Returns pins by which every function is live at this version of it. */
function functionPins(live: string): Pins {
  return Object.fromEntries(blueprint.functions.map(({ name }) => [name, { live }]));
}

/** Returns the functions of an assembly, by their names in the blueprint. */
function byName(from: Assembly): Readonly<Record<string, Resource>> {
  return Object.fromEntries(
    ofType(from.resources('Models'), 'AWS::Lambda::Function').map(([, resource]) => [
      String(resource.Properties['FunctionName']).replace(/^chorus-/, ''),
      resource,
    ]),
  );
}

function variables(resource: Resource | undefined): Readonly<Record<string, unknown>> {
  const environment = resource?.Properties['Environment'] as { Variables: object } | undefined;
  return { ...environment?.Variables };
}

/** Returns the rights of a function's role: action -> resources. */
function allowed(name: string): Readonly<Record<string, readonly string[]>> {
  const found = ofType(assembly.resources('Models'), 'AWS::IAM::Role').find(
    ([, { Properties }]) => Properties['Description'] === `Of the function chorus-${name}`,
  );
  const policies = found?.[1].Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  const statements = policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Allow');
  const actions = new Set(statements.flatMap(({ Action }) => Action));
  const resourcesOf = (action: string) =>
    statements
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Resource }) => Resource);
  return Object.fromEntries(
    [...actions].map((action) => [action, resourcesOf(action).map(written).sort()]),
  );
}

/** The rights of every function: to write its log and its traces. */
const observes = {
  'logs:CreateLogStream': [expect.stringContaining('Fn::GetAtt')],
  'logs:PutLogEvents': [expect.stringContaining('Fn::GetAtt')],
  'xray:PutTraceSegments': ['*'],
  'xray:PutTelemetryRecords': ['*'],
};

const bucket = 'arn:<AWS::Partition>:s3:::chorus-models-<AWS::AccountId>-<AWS::Region>';
const uploadsBucket = 'arn:<AWS::Partition>:s3:::chorus-uploads-<AWS::AccountId>-<AWS::Region>';
const uploads = `${uploadsBucket}/uploads/*`;
const lambdaArn = 'arn:aws:lambda:us-east-1:<AWS::AccountId>:function';

describe('the functions', () => {
  it('are those of the blueprint, each as it says', () => {
    expect(Object.keys(functions).sort()).toEqual(blueprint.functions.map((f) => f.name).sort());
    for (const { name, memoryMb, timeoutSeconds, concurrency } of blueprint.functions) {
      expect(functions[name]?.Properties).toMatchObject({
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        ReservedConcurrentExecutions: concurrency,
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  it('have a log of their own that does not stay forever', () => {
    const resources = assembly.resources('Models');
    for (const { Properties } of Object.values(functions)) {
      const { LogGroup } = Properties['LoggingConfig'] as { LogGroup: { Ref: string } };
      expect(resources[LogGroup.Ref]?.Properties).toEqual({
        LogGroupName: `/aws/lambda/${Properties['FunctionName']}`,
        RetentionInDays: 30,
      });
    }
  });

  it('have no secrets in their environment, only names of things', () => {
    const names = Object.values(functions).flatMap((each) => Object.keys(variables(each)));
    expect([...new Set(names)].sort()).toEqual([
      'DEAD_LETTERS_QUEUE',
      'DRIFT_BUS',
      'DRIFT_COUNTS_TABLE',
      'FEATURES_CACHE_URL',
      'FEATURES_DATABASE_URL',
      'LABELS_BUCKET',
      'MODELS_BUCKET',
      'MODEL_BUCKET',
      'MODEL_FUNCTIONS',
      'MODEL_KEY',
      'MODEL_LOGS',
      'MODEL_SHA256',
      'PIPELINE_RUNS_TABLE',
      'PREDICTIONS_BUS',
      'PREDICTIONS_LOST_QUEUE',
      'PREDICTIONS_QUEUE',
      'PREDICTIONS_TABLE',
      'PREDICTIONS_UNREADABLE_QUEUE',
      'RELEASE_FUNCTIONS',
      'REQUESTS_TABLE',
      'REVIEWS_TABLE',
      'TRAINING_BUCKET',
      'UPLOADS_BUCKET',
      'WEBHOOKS_TABLE',
      'WORKFLOW_ARNS',
    ]);
  });

  /** Returns what an alias of each function stands for, by the function's name. */
  const standsFor = (from: Assembly, alias: string) => {
    const resources = from.resources('Models');
    const found = ofType(resources, 'AWS::Lambda::Alias').flatMap(([, { Properties }]) => {
      const { Ref } = Properties['FunctionName'] as { Ref: string };
      const name = String(resources[Ref]?.Properties['FunctionName']).replace(/^chorus-/, '');
      return Properties['Name'] === alias ? [[name, Properties['FunctionVersion']] as const] : [];
    });
    expect(found).toHaveLength(blueprint.functions.length);
    return Object.fromEntries(found);
  };

  it('are called by their alias, which stands for the first version when there is none yet', () => {
    const resources = assembly.resources('Models');
    expect(standsFor(assembly, 'next')).toEqual(standsFor(assembly, 'live'));
    for (const version of Object.values(standsFor(assembly, 'live'))) {
      const { 'Fn::GetAtt': made } = version as { 'Fn::GetAtt': string[] };
      expect(resources[made[0] ?? '']).toMatchObject({
        Type: 'AWS::Lambda::Version',
        // It stays when there is a next one, and goes with a deployment that failed: the number is free to be made again.
        DeletionPolicy: 'RetainExceptOnCreate',
      });
    }
  });

  it('keep answering by the version that is live when a next one is made', () => {
    const live: Pins = { ...functionPins('12'), svr: { live: '7' } };
    const { locate: _, ...others } = live;
    const deployed = synthesise({ pins: others });
    expect(standsFor(deployed, 'live')).toEqual({
      ...Object.fromEntries(Object.entries(others).map(([name, { live }]) => [name, live])),
      // A function that is new.
      locate: standsFor(assembly, 'live')['locate'],
    });
    expect(standsFor(deployed, 'next')).toEqual(standsFor(synthesise(), 'next'));
  });

  it('are Serving’s by their names alone: neither stack keeps the other from changing', () => {
    const text = ['Foundation', 'Functions', 'Serving']
      .map((stack) => JSON.stringify(assembly.template(stack)))
      .join();
    expect(text).not.toMatch(/Fn::ImportValue|"Export"|Fn::GetStackOutput/);
  });
});

describe("a model's role", () => {
  it.each(models)(
    'lets $name read its own prefix, uploads if it has to, and nothing else',
    (model) => {
      const read = [`${bucket}/models/${model.name}/*`, ...(model.links ? [uploads] : [])];
      expect(allowed(model.name)).toEqual({
        ...observes,
        's3:GetObject': read,
        ...(model.links && { 's3:ListBucket': [uploadsBucket] }),
      });
    },
  );
});

/** Of functions whose routes take an Idempotency-Key: to change items of the table, and to read none. */
const answersOnce = Object.fromEntries(
  ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map((action) => [
    `dynamodb:${action}`,
    ['arn:aws:dynamodb:us-east-1:<AWS::AccountId>:table/chorus-requests'],
  ]),
);

describe('functions beside the models', () => {
  it('that read uploads may do that alone, and those that sign URLs for uploads may write them', () => {
    // Listing is for telling a missing photo (404) from a forbidden one (403).
    expect(allowed('locate')).toEqual({
      ...observes,
      's3:GetObject': [uploads],
      's3:ListBucket': [uploadsBucket],
    });
    expect(allowed('uploads')).toEqual({
      ...observes,
      ...answersOnce,
      's3:PutObject': [uploads],
    });
    for (const name of ['image-classifier', 'locate', 'uploads', 'gateway'])
      expect(written(variables(functions[name])['UPLOADS_BUCKET'])).toBe(
        'chorus-uploads-<AWS::AccountId>-<AWS::Region>',
      );
  });

  it('that keep what people say about answers may write that, and read nothing', () => {
    const kept = uploadsBucket.replace('uploads', 'labels');
    expect(allowed('labels')).toEqual({
      ...observes,
      ...answersOnce,
      's3:PutObject': [`${kept}/labels/*`],
    });
    expect(written(variables(functions['labels'])['LABELS_BUCKET'])).toBe(
      'chorus-labels-<AWS::AccountId>-<AWS::Region>',
    );
  });

  it('that ask the feature store log in as one user of the database, and join its network', () => {
    const interfaces = ['Create', 'Delete', 'Describe'].map((what) => [
      `ec2:${what}NetworkInterface${what === 'Describe' ? 's' : ''}`,
      ['*'],
    ]);
    expect(allowed('features')).toEqual({
      ...observes,
      ...Object.fromEntries(interfaces),
      'ec2:AssignPrivateIpAddresses': ['*'],
      'ec2:UnassignPrivateIpAddresses': ['*'],
      'ec2:DescribeSubnets': ['*'],
      'rds-db:connect': [
        'arn:<AWS::Partition>:rds-db:<AWS::Region>:<AWS::AccountId>:dbuser:{{resolve:ssm:/chorus/feature-store/database-id}}/features',
      ],
    });
    expect(functions['features']?.Properties['VpcConfig']).toEqual({
      SubnetIds: ['a', 'b'].map((zone) => `{{resolve:ssm:/chorus/feature-store/subnet-${zone}}}`),
      SecurityGroupIds: ['{{resolve:ssm:/chorus/feature-store/security-group}}'],
    });
    const inside = Object.entries(functions).filter(([, each]) => each.Properties['VpcConfig']);
    expect(inside.map(([name]) => name)).toEqual(['features']);
  });

  it('that ask the feature store find it by address, without a password', () => {
    expect(variables(functions['features'])).toEqual({
      FEATURES_DATABASE_URL:
        'postgres://features@{{resolve:ssm:/chorus/feature-store/database-host}}:5432/features',
      FEATURES_CACHE_URL:
        'rediss://{{resolve:ssm:/chorus/feature-store/cache-host}}:6379?cluster=true',
    });
  });

  it('say what they are', () => {
    const described = ['locate', 'uploads'].map(
      (name) => functions[name]?.Properties['Description'],
    );
    expect(described).toEqual(['A step of workflows: locate', 'Answers a route: uploads']);
  });
});

describe('the gateway', () => {
  it('calls the live versions and the workflows by the names that the blueprint has', () => {
    const { MODEL_FUNCTIONS, WORKFLOW_ARNS } = variables(functions['gateway']);
    expect(JSON.parse(written(MODEL_FUNCTIONS))).toEqual(
      Object.fromEntries(models.map(({ name }) => [name, `chorus-${name}:live`])),
    );
    expect(JSON.parse(written(WORKFLOW_ARNS))).toEqual(
      Object.fromEntries(
        blueprint.workflows.map(({ name }) => [
          name,
          `arn:aws:states:us-east-1:<AWS::AccountId>:stateMachine:chorus-${name}`,
        ]),
      ),
    );
  });

  it('may call exactly what it is told of, and read manifests but no weights', () => {
    const named = (suffix: string) =>
      models.map(({ name }) => `${lambdaArn}:chorus-${name}${suffix}`);
    const workflows: object = JSON.parse(written(variables(functions['gateway'])['WORKFLOW_ARNS']));
    expect(allowed('gateway')).toEqual({
      ...observes,
      ...answersOnce,
      'lambda:InvokeFunction': named(':*').sort(),
      'lambda:GetFunctionConfiguration': named(':*').sort(),
      'lambda:ListVersionsByFunction': named('').sort(),
      'states:StartSyncExecution': Object.values(workflows)
        .flatMap((arn: string) => [arn, `${arn}-traced`])
        .sort(),
      's3:GetObject': models.map(({ name }) => `${bucket}/models/${name}/*/manifest.json`).sort(),
      's3:PutObject': [uploads],
    });
  });
});

describe("a model's version", () => {
  it('is where the weights are, and their checksum', () => {
    expect(variables(functions['svr'])).toMatchObject({
      MODEL_KEY: 'models/svr/v7/model.onnx',
      MODEL_SHA256: sha256,
    });
    expect(variables(functions['random-forest'])).not.toHaveProperty('MODEL_KEY');
  });

  it('changes, when it changes, MODEL_KEY, MODEL_SHA256 and the published version only', () => {
    const other = synthesise({
      pins: { svr: { model: { version: 'v8', sha256: 'cd'.repeat(32) } } },
    });
    const versionId = /svrCurrentVersion[0-9A-F]{8}[0-9a-f]{32}/g;
    const before = JSON.stringify(assembly.resources('Models'));
    const after = JSON.stringify(other.resources('Models'));
    expect(after.match(versionId)?.[0]).not.toBe(before.match(versionId)?.[0]);
    expect(
      after
        .replaceAll(versionId, before.match(versionId)?.[0] ?? '')
        .replace('models/svr/v8/model.onnx', 'models/svr/v7/model.onnx')
        .replace('cd'.repeat(32), sha256),
    ).toBe(before);
    for (const stack of ['Candidates', 'Workflows', 'Api', 'Canary', 'Monitoring', 'Storage'])
      expect(other.resources(stack)).toEqual(assembly.resources(stack));
  });
});

describe('an image', () => {
  const images = (from: Assembly) =>
    Object.fromEntries(
      Object.entries(byName(from)).map(([name, { Properties }]) => [
        name,
        JSON.stringify(Properties['Code']),
      ]),
    );

  it('is the same for the same bundle, and another for the function whose bundle changed alone', () => {
    const rebundled = synthesise({}, { root: bundledRoot({ svr: 'console.log(1)' }) });
    const before = images(assembly);
    const { svr, ...others } = images(rebundled);
    expect(svr).not.toBe(before['svr']);
    expect(before).toEqual({ ...others, svr: before['svr'] });
  });
});
