import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';
import { dashboardOf } from '../testing/dashboard.ts';
import { stoppingAlarms } from './canary.ts';

let assembly: Assembly;
let withDashboard: Assembly;
let elsewhere: Assembly;
beforeAll(() => {
  assembly = serviceAssembly();
  withDashboard = synthesise({
    dashboard: true,
    alarms: 'arn:aws:sns:us-east-1:123456789012:on-call',
  });
  elsewhere = synthesise({ dashboard: true, alarms: 'none', region: 'eu-central-1' });
});
afterAll(cleanUp);

type Properties = Resource['Properties'];

const propertiesOf = (from: Assembly, type: string): readonly Properties[] =>
  ofType(from.resources('Monitoring'), type).map(([, each]) => each.Properties);

/** The alarms but those of dead letters, which the tests of queues look at. */
const alarmsOf = (from: Assembly) =>
  propertiesOf(from, 'AWS::CloudWatch::Alarm').filter(
    ({ AlarmName }) => !String(AlarmName).endsWith('-waiting'),
  );

const namesOf = (from: Assembly) => alarmsOf(from).map(({ AlarmName }) => AlarmName);

const own = [
  'chorus-api-errors',
  'chorus-api-latency',
  'chorus-drift',
  'chorus-function-errors',
  'chorus-throttles',
];
const ofFeatureStore = [
  'chorus-cache-throttles',
  'chorus-database-capacity',
  'chorus-database-connections',
];

describe('the alarms', () => {
  it('are few, whatever the number of functions; those of the feature store only with one', () => {
    expect(namesOf(assembly)).toEqual(expect.arrayContaining([...own, ...ofFeatureStore]));
    expect(namesOf(assembly)).toHaveLength(own.length + ofFeatureStore.length);
  });

  it('watch one metric each, which is what they cost', () => {
    for (const { MetricName, Metrics } of alarmsOf(assembly))
      expect([MetricName, Metrics]).toEqual([expect.any(String), undefined]);
    expect(Object.values(assembly.resources('Monitoring')).map(({ Type }) => Type)).not.toContain(
      'AWS::CloudWatch::CompositeAlarm',
    );
  });

  it('go off above a share, a time or a count, when two of three periods are bad', () => {
    const levels = Object.fromEntries(
      alarmsOf(assembly).map(({ AlarmName, Statistic, ExtendedStatistic, Threshold, Period }) => [
        String(AlarmName).replace('chorus-', ''),
        [Statistic ?? ExtendedStatistic, Threshold, Period],
      ]),
    );
    expect(levels).toEqual({
      'api-errors': ['Average', 0.02, 60],
      'api-latency': ['p95', 3000, 300],
      'function-errors': ['Average', 0.02, 60],
      drift: ['Maximum', 0, 900],
      throttles: ['Sum', 0, 300],
      // 90 % of two units.
      'database-capacity': ['Average', 1.8, 300],
      'database-connections': ['Maximum', blueprint.featureStore?.maxConnections, 300],
      'cache-throttles': ['Sum', 0, 300],
    });
    for (const each of alarmsOf(assembly))
      expect(each).toMatchObject({
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        DatapointsToAlarm: 2,
        EvaluationPeriods: 3,
      });
  });

  it('can end a release within the five minutes of its shortest canary', () => {
    for (const name of stoppingAlarms) {
      const alarm = alarmsOf(assembly).find(({ AlarmName }) => AlarmName === `chorus-${name}`);
      const minutes = (Number(alarm?.['Period']) / 60) * Number(alarm?.['EvaluationPeriods']);
      expect(minutes).toBeLessThan(5);
    }
  });

  it.each([
    ['the topic that bootstrap made', () => assembly, /^arn:.+:sns:us-east-1:.+:chorus-alarms$/],
    ['the topic that the stage names', () => withDashboard, /^arn:aws:sns:.+:on-call$/],
  ] as const)('tell %s, when they go off and when all is well again', (_name, from, arn) => {
    for (const { AlarmActions, OKActions } of alarmsOf(from())) {
      expect([AlarmActions].flat().map(written)).toEqual([expect.stringMatching(arn)]);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  it('tell nobody where the stage says so', () => {
    for (const alarm of alarmsOf(elsewhere)) expect(alarm).not.toHaveProperty('AlarmActions');
  });
});

describe('what is counted in logs', () => {
  const transformations = (from: Assembly) =>
    propertiesOf(from, 'AWS::Logs::MetricFilter').map(
      ({ FilterPattern, MetricTransformations }): Readonly<Record<string, string>> => ({
        pattern: String(FilterPattern),
        ...(MetricTransformations as readonly Record<string, string>[])[0],
      }),
    );

  it('is one metric, 1 for each invocation that failed and 0 for each other one', () => {
    const all = transformations(assembly).filter(
      ({ MetricName }) => MetricName !== 'DriftingColumns',
    );
    expect(new Set(all.map((each) => each['MetricName']))).toEqual(new Set(['FunctionErrors']));
    expect(all).toHaveLength(2 * blueprint.functions.length);
    expect(all[0]).toMatchObject({
      pattern: '{ $.type = "platform.report" && $.record.status != "success" }',
      MetricValue: '1',
    });
    expect(all[1]).toMatchObject({
      pattern: '{ $.type = "platform.report" && $.record.status = "success" }',
      MetricValue: '0',
    });
  });

  it('is how many columns have drifted, by the lines of the function that judges models', () => {
    const all = transformations(assembly);
    expect(all.filter(({ MetricName }) => MetricName === 'DriftingColumns')).toMatchObject([
      { pattern: '{ $.message = "drift" }', MetricValue: '$.drifting' },
    ]);
  });

  it('is a handful of metrics more with a dashboard, in whose graphs they are', () => {
    const all = transformations(withDashboard);
    const names = new Set(all.map((each) => each['MetricName']));
    expect(names).toContain('ColdStarts');
    expect(names.size).toBeLessThanOrEqual(9);
    expect(all.find((each) => each['MetricName'] === 'ColdStarts')).toMatchObject({
      pattern:
        '{ $.type = "platform.report" && ($.record.metrics.initDurationMs > 0 || $.record.metrics.restoreDurationMs > 0) }',
      MetricValue: '1',
    });
  });
});

describe('the dashboard', () => {
  const dashboards = (from: Assembly) =>
    ofType(from.resources('Monitoring'), 'AWS::CloudWatch::Dashboard').map(([, each]) => each);

  it('is there only where a stage asks for one', () => {
    expect(dashboards(assembly)).toEqual([]);
  });

  it('is named by stage and region, since an account has one of each name', () => {
    const [[one], [other]] = [dashboards(withDashboard), dashboards(elsewhere)];
    expect(one?.Properties['DashboardName']).toBe('chorus-dashboard-us-east-1');
    expect(other?.Properties['DashboardName']).toBe('chorus-dashboard-eu-central-1');
  });

  it('shows no more metrics than a free one may have, and the cost where its prices hold', () => {
    const [[one], [other]] = [dashboards(withDashboard), dashboards(elsewhere)];
    expect(dashboardOf(one).shown.length).toBeLessThanOrEqual(50);
    expect(dashboardOf(one).titles).toContain('Cost of requests');
    expect(written(one?.Properties['DashboardBody'])).toContain('the prices of us-east-1');
    expect(dashboardOf(other).titles).not.toContain('Cost of requests');
    expect(written(other?.Properties['DashboardBody'])).not.toContain('BilledMs');
  });
});
