import { type Blueprint, narrow, type TableSpec, table, withoutFanOut } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
} from '../testing/assembly.ts';

const tables: readonly TableSpec[] = [
  { name: 'notes', purpose: '', key: { name: 'id', type: 'S' }, ttl: 'expires' },
  {
    name: 'events',
    purpose: '',
    key: { name: 'of', type: 'S' },
    sort: { name: 'at', type: 'N' },
    indexes: [{ name: 'by-day', key: { name: 'day', type: 'S' }, sort: { name: 'at', type: 'N' } }],
  },
];

/** One workflow of the service that uses no table. */
function withoutTables(): Blueprint {
  const {
    tables: _,
    machines: __,
    ...part
  } = narrow(withoutFanOut(blueprint), {
    workflows: ['house-price'],
  });
  return {
    ...part,
    buses: (part.buses ?? []).map((bus) => ({ ...bus, rules: [] })),
    buckets: part.buckets.map(({ created: _, ...bucket }) => bucket),
    functions: part.functions.map((spec) => ({
      ...spec,
      links: (spec.links ?? []).filter(({ kind }) => kind !== 'table'),
    })),
    routes: part.routes.map((route) =>
      'workflow' in route
        ? { method: route.method, path: route.path, workflow: route.workflow }
        : route,
    ),
  };
}

/** The same with two tables, which one of its functions uses. */
const withTables: Blueprint = {
  ...withoutTables(),
  tables,
  functions: withoutTables().functions.map((spec) =>
    spec.name === 'svr'
      ? {
          ...spec,
          links: [table('notes', { access: 'write' }), table('events', { access: 'read' })],
        }
      : spec,
  ),
};

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise({}, { blueprint: withTables });
});
afterAll(cleanUp);

function named(name: string, from = assembly): Resource {
  const [, found] =
    ofType(from.resources('Tables'), 'AWS::DynamoDB::Table').find(
      ([, { Properties }]) => Properties['TableName'] === name,
    ) ?? [];
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

describe('tables', () => {
  it('cost nothing but what they hold, can be set back, and outlast the stack', () => {
    expect(ofType(assembly.resources('Tables'), 'AWS::DynamoDB::Table')).toHaveLength(2);
    for (const name of ['chorus-notes', 'chorus-events'])
      expect(named(name)).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      });
    // Without a key of ours it is one of AWS's own.
    expect(JSON.stringify(assembly.resources('Tables'))).not.toMatch(/KMS|ProvisionedThroughput/);
  });

  it('have their keys, expiry and indexes', () => {
    expect(named('chorus-notes').Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
    expect(named('chorus-events').Properties).toMatchObject({
      AttributeDefinitions: [
        { AttributeName: 'of', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
        { AttributeName: 'day', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-day',
          KeySchema: [
            { AttributeName: 'day', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    expect(named('chorus-events').Properties).not.toHaveProperty('TimeToLiveSpecification');
  });

  it('go with a stage that keeps no data', () => {
    const staging = synthesise(
      { name: 'staging', keepsData: false, pins: { svr: { live: '1' } } },
      { blueprint: withTables },
    );
    expect(named('chorus-staging-notes', staging)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false },
    });
  });

  it('cannot be deleted by a slip once something answers', () => {
    const live = synthesise({ pins: { svr: { live: '1' } } }, { blueprint: withTables });
    expect(named('chorus-notes', live).Properties['DeletionProtectionEnabled']).toBe(true);
  });

  it('are told to the functions that have the link, with its rights', () => {
    const models = assembly.resources('Models');
    const svr = ofType(models, 'AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties['FunctionName'] === 'chorus-svr',
    )?.[1];
    expect(svr?.Properties['Environment']).toMatchObject({
      Variables: { NOTES_TABLE: 'chorus-notes', EVENTS_TABLE: 'chorus-events' },
    });
    const statements = JSON.stringify(
      ofType(models, 'AWS::IAM::Role').map(([, { Properties }]) => Properties['Policies']),
    );
    for (const sid of ['WriteNotes', 'ReadEvents', 'QueryIndexesOfEvents'])
      expect(statements).toContain(sid);
    expect(statements).not.toContain('ReadNotes');
    expect(statements).not.toContain('WriteEvents');
  });

  it('are a stack only where there are some', () => {
    const none = synthesise({}, { blueprint: withoutTables() });
    expect(none.names().join()).not.toContain('Tables');
    expect(serviceAssembly().names().join()).toContain('Tables');
  });
});
