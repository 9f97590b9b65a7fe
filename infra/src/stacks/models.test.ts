import { blueprint } from '@chorus/blueprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

let assembly: Assembly;
let functions: Readonly<Record<string, Resource>>;

beforeAll(() => {
  assembly = synthesise({ versions: { svr: { version: 'v7', sha256 } } });
  functions = byName(assembly);
});
afterAll(cleanUp);

/** The functions of an assembly, by their names in the blueprint. */
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

/** What the role of a function allows: action -> resources. */
function allowed(name: string): Readonly<Record<string, readonly string[]>> {
  const found = ofType(assembly.resources('Models'), 'AWS::IAM::Role').find(
    ([, { Properties }]) => Properties['Description'] === `Of the function chorus-${name}`,
  );
  const policies = found?.[1].Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  const pairs = policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Action].flat().map((action): [string, string[]] => [action, [Resource].flat().map(written)]),
    );
  return Object.fromEntries(pairs);
}

const bucket = 'arn:<AWS::Partition>:s3:::chorus-models-<AWS::AccountId>-<AWS::Region>';
const lambdaArn = 'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function';

describe('the functions', () => {
  it('are those of the blueprint, each as it says', () => {
    expect(Object.keys(functions).sort()).toEqual(blueprint.functions.map((f) => f.name).sort());
    for (const { name, memoryMb, timeoutSeconds, concurrency } of blueprint.functions) {
      expect(functions[name]?.Properties).toMatchObject({
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        ReservedConcurrentExecutions: concurrency,
        Architectures: ['x86_64'],
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
      'MODEL_BUCKET',
      'MODEL_FUNCTIONS',
      'MODEL_KEY',
      'MODEL_SHA256',
      'WORKFLOW_ARNS',
    ]);
  });

  it('are called by their alias, which stands for a version that stays', () => {
    const resources = assembly.resources('Models');
    const aliases = ofType(resources, 'AWS::Lambda::Alias');
    expect(aliases).toHaveLength(blueprint.functions.length);
    for (const [, { Properties }] of aliases) {
      const { 'Fn::GetAtt': version } = Properties['FunctionVersion'] as { 'Fn::GetAtt': string[] };
      expect(Properties['Name']).toBe('live');
      expect(resources[version[0] ?? '']).toMatchObject({
        Type: 'AWS::Lambda::Version',
        DeletionPolicy: 'Retain',
      });
    }
  });
});

describe("a model's role", () => {
  it.each(models.map(({ name }) => name))(
    'lets %s read its own prefix and nothing else',
    (name) => {
      expect(allowed(name)).toEqual({
        's3:GetObject': [`${bucket}/models/${name}/*`],
        'logs:CreateLogStream': [expect.stringContaining('Fn::GetAtt')],
        'logs:PutLogEvents': [expect.stringContaining('Fn::GetAtt')],
        'xray:PutTraceSegments': ['*'],
        'xray:PutTelemetryRecords': ['*'],
      });
    },
  );
});

describe('the front', () => {
  it('calls the live versions and the workflows by the names that the blueprint has', () => {
    const { MODEL_FUNCTIONS, WORKFLOW_ARNS } = variables(functions['front']);
    expect(JSON.parse(written(MODEL_FUNCTIONS))).toEqual(
      Object.fromEntries(models.map(({ name }) => [name, `chorus-${name}:live`])),
    );
    expect(JSON.parse(written(WORKFLOW_ARNS))).toEqual({
      'house-price':
        'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:chorus-house-price',
    });
  });

  it('may call exactly what it is told of, and read manifests but no weights', () => {
    const versions = models.map(({ name }) => `${lambdaArn}:chorus-${name}:*`);
    expect(allowed('front')).toMatchObject({
      'lambda:InvokeFunction': versions,
      'lambda:GetFunctionConfiguration': versions,
      'lambda:ListVersionsByFunction': models.map(({ name }) => `${lambdaArn}:chorus-${name}`),
      'states:StartSyncExecution': Object.values(
        JSON.parse(written(variables(functions['front'])['WORKFLOW_ARNS'])),
      ),
      's3:GetObject': models.map(({ name }) => `${bucket}/models/${name}/*/manifest.json`),
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
    const other = synthesise({ versions: { svr: { version: 'v8', sha256: 'cd'.repeat(32) } } });
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
    for (const stack of ['Workflows', 'Api', 'Monitoring', 'Storage'])
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
