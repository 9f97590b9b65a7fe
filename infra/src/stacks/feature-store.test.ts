import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BlueprintError,
  bucket,
  type FunctionSpec,
  featureStore,
  models,
  narrow,
} from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionsPerEnvironment } from '../check-feature-store.ts';
import { OptionError } from '../errors.ts';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';

let store: Readonly<Record<string, Resource>>;
let proxied: Readonly<Record<string, Resource>>;
beforeAll(() => {
  store = serviceAssembly().resources('Features');
  proxied = synthesise({ databaseProxy: true }).resources('Features');
});
afterAll(cleanUp);

/** Returns the only resource of a type. */
function only(from: Readonly<Record<string, Resource>>, type: string): Resource {
  const found = ofType(from, type);
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? { Type: '', Properties: {} };
}

/** Returns the connections that are allowed: `Functions -> Cache 6379-6380`. */
function connections(from: Readonly<Record<string, Resource>>): readonly string[] {
  const group = (value: unknown) =>
    String((value as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0]).replace(/[0-9A-F]{8}$/, '');
  const rules = [
    ...ofType(from, 'AWS::EC2::SecurityGroupIngress'),
    ...ofType(from, 'AWS::EC2::SecurityGroupEgress'),
  ];
  return rules.map(([, { Properties }]) => {
    const { GroupId, SourceSecurityGroupId, DestinationSecurityGroupId, FromPort, ToPort } =
      Properties;
    const [source, target] =
      SourceSecurityGroupId === undefined
        ? [GroupId, DestinationSecurityGroupId]
        : [SourceSecurityGroupId, GroupId];
    return `${group(source)} -> ${group(target)} ${FromPort}-${ToPort}`;
  });
}

describe('the network', () => {
  it('has two subnets and no way out: no gateway, no NAT, no endpoint, no public address', () => {
    expect(ofType(store, 'AWS::EC2::Subnet')).toHaveLength(2);
    for (const [, { Properties }] of ofType(store, 'AWS::EC2::Subnet'))
      expect(Properties['MapPublicIpOnLaunch']).toBe(false);
    const ways = /^AWS::EC2::(?:InternetGateway|NatGateway|Route$|VPCEndpoint|EIP|VPCPeering)/;
    expect(Object.values(store).filter(({ Type }) => ways.test(Type))).toEqual([]);
  });

  it.each([
    [undefined, [0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }))],
    [['us-east-1d', 'us-east-1b'] as const, ['us-east-1d', 'us-east-1b']],
  ])(
    'is in the zones that the stage names, without an account to look them up: %j',
    (zones, expected) => {
      const account = '123456789012';
      const made = synthesise({ account, ...(zones && { zones }) });
      const subnets = ofType(made.resources('Features'), 'AWS::EC2::Subnet');
      expect(subnets.map(([, { Properties }]) => Properties['AvailabilityZone'])).toEqual(expected);
      const { missing } = JSON.parse(made.file('manifest.json') ?? '{}');
      expect(missing).toBeUndefined();
    },
  );

  it('lets functions reach the database and the cache, and nobody anything else', () => {
    const rules = ['Functions -> Cache 6379-6380', 'Functions -> Database 5432-5432'];
    expect([...new Set(connections(store))].sort()).toEqual(rules);
    // Each once as a way out, and once as a way in.
    expect(connections(store)).toHaveLength(2 * rules.length);
  });
});

const live = { svr: { live: '3' } };

describe('the database', () => {
  it('sleeps when nobody asks, and is bounded when many do', () => {
    expect(only(store, 'AWS::RDS::DBCluster').Properties).toMatchObject({
      Engine: 'aurora-postgresql',
      ServerlessV2ScalingConfiguration: {
        MinCapacity: 0,
        MaxCapacity: 2,
        SecondsUntilAutoPause: 300,
      },
    });
    expect(only(store, 'AWS::RDS::DBInstance').Properties).toMatchObject({
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
    });
  });

  it('ends idle connections, which frozen environments leave open and which keep it awake', () => {
    expect(only(store, 'AWS::RDS::DBClusterParameterGroup').Properties['Parameters']).toEqual({
      'rds.force_ssl': '1',
      max_connections: '100',
      idle_session_timeout: '60000',
    });
    expect(only(proxied, 'AWS::RDS::DBClusterParameterGroup').Properties).toMatchObject({
      Parameters: { idle_session_timeout: '0' },
    });
  });

  it.each([
    ['goes with a deployment that fails, as long as nothing is live', {}, {}, 'Delete'],
    ['is hard to delete and leaves a snapshot, once something is', live, {}, 'Snapshot'],
    ['goes with a stage that keeps no data', live, { keepsData: false }, 'Delete'],
  ])('%s; and is encrypted and backed up', (_, pins, options, policy) => {
    const made = synthesise({ pins, ...options }).resources('Features');
    expect(only(made, 'AWS::RDS::DBCluster')).toMatchObject({
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy,
      Properties: {
        StorageEncrypted: true,
        BackupRetentionPeriod: 7,
        DeletionProtection: policy === 'Snapshot',
      },
    });
  });

  it('takes functions by IAM; the only password is kept by RDS, and no template has one', () => {
    expect(only(store, 'AWS::RDS::DBCluster').Properties).toMatchObject({
      EnableIAMDatabaseAuthentication: true,
      ManageMasterUserPassword: true,
    });
    const text = JSON.stringify([store, proxied]);
    for (const password of [
      '"MasterUserPassword"',
      'resolve:secretsmanager',
      'AWS::SecretsManager',
    ])
      expect(text.includes(password)).toBe(false);
  });
});

describe("the database's user", () => {
  it('is made by a release, which finds the database and its administrator in the outputs', () => {
    const { Outputs } = serviceAssembly().template('Foundation');
    const textOf = (output: unknown) => written((output as { readonly Value: unknown }).Value);
    const { DatabaseArn, DatabaseSecret } = Outputs as Record<string, unknown>;
    expect(textOf(DatabaseArn)).toContain('DBClusterArn');
    expect(textOf(DatabaseSecret)).toContain('MasterUserSecretSecretArn');
  });
});

describe('the cache', () => {
  it('is Valkey without servers, within limits, and keeps no snapshots', () => {
    expect(only(store, 'AWS::ElastiCache::ServerlessCache').Properties).toMatchObject({
      Engine: 'valkey',
      CacheUsageLimits: {
        DataStorage: { Maximum: 1, Unit: 'GB' },
        ECPUPerSecond: { Maximum: 5000 },
      },
      SnapshotRetentionLimit: 0,
    });
  });
});

describe('where it is', () => {
  const parameter = (from: Readonly<Record<string, Resource>>, name: string) =>
    ofType(from, 'AWS::SSM::Parameter').find(
      ([, { Properties }]) => Properties['Name'] === `/chorus/feature-store/${name}`,
    )?.[1].Properties['Value'];

  it('stands in every parameter that functions are deployed with', () => {
    const models = JSON.stringify(serviceAssembly().resources('Models'));
    const read = [...models.matchAll(/resolve:ssm:(?<name>[\w/-]+)/g)].map(
      ({ groups }) => groups?.['name'],
    );
    const parameters = ofType(store, 'AWS::SSM::Parameter');
    const written = parameters.map(([, { Properties }]) => Properties['Name']);
    expect([...new Set(read)].sort()).toEqual(written.sort());
  });

  it('is the cluster, or the proxy where there is one', () => {
    expect(parameter(store, 'database-host')).toEqual({
      'Fn::GetAtt': ['Cluster', 'Endpoint.Address'],
    });
    expect(parameter(store, 'database-id')).toEqual({
      'Fn::GetAtt': ['Cluster', 'DBClusterResourceId'],
    });
    expect(parameter(proxied, 'database-host')).toEqual({
      'Fn::GetAtt': ['DatabaseProxy', 'Endpoint'],
    });
    expect(parameter(proxied, 'database-id')).toEqual({
      'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::GetAtt': ['DatabaseProxy', 'DBProxyArn'] }] }],
    });
  });
});

describe('the proxy', () => {
  it('is not there unless it is asked for', () => {
    expect(Object.values(store).filter(({ Type }) => Type.includes('DBProxy'))).toEqual([]);
  });

  it('knows no password, asks for TLS, and has a bounded share of the connections', () => {
    expect(only(proxied, 'AWS::RDS::DBProxy').Properties).toMatchObject({
      DefaultAuthScheme: 'IAM_AUTH',
      RequireTLS: true,
    });
    expect(only(proxied, 'AWS::RDS::DBProxy').Properties).not.toHaveProperty('Auth');
    // 20 % of 100.
    expect(only(proxied, 'AWS::RDS::DBProxyTargetGroup').Properties).toMatchObject({
      ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 20 },
    });
  });

  it('is all that functions reach of the database', () => {
    expect([...new Set(connections(proxied))].sort()).toEqual([
      'Functions -> Cache 6379-6380',
      'Functions -> Proxy 5432-5432',
      'Proxy -> Database 5432-5432',
    ]);
  });
});

describe('a blueprint', () => {
  const changed = (name: string, options: Partial<FunctionSpec>) => ({
    blueprint: {
      ...blueprint,
      functions: blueprint.functions.map((spec) =>
        spec.name === name ? { ...spec, ...options } : spec,
      ),
    },
  });

  it('without a feature store makes no network at all', () => {
    const part = narrow(blueprint, { workflows: ['house-price'] });
    expect(part.featureStore).toBeUndefined();
    const without: Assembly = synthesise({}, { blueprint: part });
    expect(() => without.resources('Features')).toThrow('no template of Features');
    const stacks = ['Storage', 'Models', 'Workflows', 'Api', 'Monitoring', 'Foundation', 'Serving'];
    const all = stacks.flatMap((stack) => Object.values(without.resources(stack)));
    expect(JSON.stringify(all)).not.toMatch(/AWS::(?:EC2|RDS|ElastiCache)|VpcConfig|resolve:ssm/);
  });

  it.each([
    [
      'features',
      { concurrency: 21 },
      "features: 21 environments with 1 connection each are 21, and the feature store's maxConnections is 20",
    ],
    ['features', { links: [featureStore(), models()] }, 'features: the feature store'],
    ['svr', { links: [featureStore()] }, "svr: the feature store's network has no way to buckets"],
    [
      'locate',
      { links: [bucket('videos', { access: 'read', prefix: '' })] },
      'locate: there is no bucket videos',
    ],
  ])('in which %s has %j is refused', (name, options, message) => {
    const refused = () => synthesise({}, changed(name, options));
    expect(refused).toThrow(
      name === 'features' && 'concurrency' in options ? OptionError : BlueprintError,
    );
    expect(refused).toThrow(message);
  });

  it('is checked with as many connections of an environment as its pool opens', () => {
    const pool = join(import.meta.dirname, '../../../packages/functions/features/src/database.ts');
    const [, most] = /maxConnections = (\d+);/.exec(readFileSync(pool, 'utf8')) ?? [];
    expect(Number(most)).toBe(connectionsPerEnvironment);
  });

  it('may have more environments than connections where a proxy shares them', () => {
    const many = synthesise({ databaseProxy: true }, changed('features', { concurrency: 100 }));
    expect(only(many.resources('Features'), 'AWS::RDS::DBProxy')).toBeDefined();
  });

  it('in which a function asks a feature store that there is not is refused', () => {
    const { featureStore: _, ...without } = blueprint;
    expect(() => synthesise({}, { blueprint: without })).toThrow(
      'features: asks the feature store, and there is none',
    );
  });
});
