import { physicalName } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { maxCapacity } from './database.ts';
import { featureStoreMetrics } from './feature-store-metrics.ts';
import { apiMetric, functionMetric, logMetric, period, workflowMetric } from './metrics.ts';
import type { Watched } from './watched.ts';

/** An alarm and its threshold. */
interface AlarmSpec {
  readonly id: string;
  readonly metric: IMetric;
  readonly above: number;
  readonly because: string;
}

/** Share of requests, in percent, whose failure or cold start is one too many. */
const errorPercent = 2;
const coldPercent = 20;

/** Returns a share in percent. Nothing asked is nothing wrong. */
function percent(part: IMetric, whole: IMetric, label: string): MathExpression {
  return new MathExpression({
    expression: 'IF(whole > 0, 100 * FILL(part, 0) / whole, 0)',
    usingMetrics: { part, whole },
    period,
    label,
  });
}

/** Share of the database's largest capacity at which it is time to think, in percent. */
const capacityPercent = 90;

function alarmsOfFeatureStore({ featureStore, options }: Watched): readonly AlarmSpec[] {
  if (featureStore === undefined) return [];
  const metrics = featureStoreMetrics(options.name);
  const { maxConnections } = featureStore;
  return [
    {
      id: 'DatabaseConnections',
      metric: metrics.connections,
      above: maxConnections,
      because: `the database has more than the ${maxConnections} connections that all functions together may open`,
    },
    {
      id: 'DatabaseCapacity',
      metric: metrics.capacity,
      above: (maxCapacity * capacityPercent) / 100,
      because: `the database is above ${capacityPercent} % of its ${maxCapacity} capacity units: does the cache take the load?`,
    },
    {
      id: 'CacheThrottles',
      metric: metrics.cacheThrottles,
      above: 0,
      because:
        'the cache is asked more often than its usage limits allow; the database gets what it refuses',
    },
  ];
}

function alarmsOf(watched: Watched): readonly AlarmSpec[] {
  const { api, functions, workflows, options, cost } = watched;
  const { name: stageName, monthlyBudget = 100 } = options;
  const ofFunctions = functions.flatMap((each): AlarmSpec[] => {
    const { name, timeoutSeconds } = each;
    const invocations = functionMetric(each, stageName, 'Invocations', 'Sum');
    return [
      {
        id: `Errors-${name}`,
        metric: percent(functionMetric(each, stageName, 'Errors', 'Sum'), invocations, 'errors %'),
        above: errorPercent,
        because: `more than ${errorPercent} % of the invocations of ${name} fail`,
      },
      {
        id: `Duration-${name}`,
        metric: functionMetric(each, stageName, 'Duration', 'p95'),
        above: timeoutSeconds * 500,
        because: `p95 of ${name} is above half of its ${timeoutSeconds} s`,
      },
      {
        id: `Throttles-${name}`,
        metric: functionMetric(each, stageName, 'Throttles', 'Sum'),
        above: 0,
        because: `${name} is asked more often at once than its concurrency allows`,
      },
      {
        id: `ColdStarts-${name}`,
        metric: percent(logMetric(`ColdStarts-${name}`, stageName), invocations, 'cold starts %'),
        above: coldPercent,
        because: `more than ${coldPercent} % of the invocations of ${name} start cold: think of keepWarmMinutes or provisionedConcurrency`,
      },
    ];
  });
  const ofWorkflows = workflows.flatMap((each): AlarmSpec[] => [
    {
      id: `Failed-${each.spec.name}`,
      metric: workflowMetric(each, 'ExecutionsFailed', 'Sum'),
      above: 0,
      because: `executions of ${each.spec.name} fail; they should answer with an error instead`,
    },
    {
      id: `TimedOut-${each.spec.name}`,
      metric: workflowMetric(each, 'ExecutionsTimedOut', 'Sum'),
      above: 0,
      because: `executions of ${each.spec.name} run out of time`,
    },
  ]);
  return [
    ...ofFunctions,
    ...ofWorkflows,
    ...alarmsOfFeatureStore(watched),
    {
      id: 'ApiErrors',
      metric: percent(apiMetric(api, '5XXError', 'Sum'), apiMetric(api, 'Count', 'Sum'), '5xx %'),
      above: errorPercent,
      because: `more than ${errorPercent} % of the requests are answered with 5xx`,
    },
    {
      id: 'ApiLatency',
      metric: apiMetric(api, 'Latency', 'p95'),
      above: 3000,
      because: 'p95 of the API is above 3 s',
    },
    {
      id: 'Cost',
      metric: cost,
      above: monthlyBudget,
      because: `at the rate of the last hour, a month costs more than $${monthlyBudget}`,
    },
  ];
}

/** Adds the alarms: errors, p95, throttles, cold starts, the feature store and cost; three bad periods of five minutes are one too many. */
export function addAlarms(
  stack: NestedStack,
  watched: Watched,
  action: IAlarmAction | undefined,
): readonly Alarm[] {
  return alarmsOf(watched).map(({ id, metric, above, because }) => {
    const alarm = new Alarm(stack, `Alarm-${id}`, {
      alarmName: physicalName(id, watched.options.name),
      alarmDescription: because,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: id === 'Cost' ? 1 : 3,
      datapointsToAlarm: id === 'Cost' ? 1 : 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (action !== undefined) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    return alarm;
  });
}
