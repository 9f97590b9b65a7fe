import { type FunctionSpec, physicalName } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { addAlarms } from './alarms.ts';
import { logOf } from './deployed-function.ts';
import { featureStoreMetrics } from './feature-store-metrics.ts';
import {
  apiMetric,
  billedMetricName,
  functionMetric,
  logMetric,
  logNamespace,
  period,
  projectedCost,
  workflowMetric,
} from './metrics.ts';
import type { Parts, Watched } from './watched.ts';

interface Counted {
  /** The name of the metric. */
  readonly name: string;
  /** Which lines count. */
  readonly pattern: string;
  /** The value that each line adds. */
  readonly value: string;
}

/**
 * Returns the metrics that are counted from a function's log, since no metric of Lambda tells of them: cold starts and billed
 * milliseconds, from the report that Lambda writes after each invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
function countedInLog(spec: FunctionSpec): readonly Counted[] {
  const isReport = '$.type = "platform.report"';
  const metrics = '$.record.metrics';
  return [
    {
      name: `ColdStarts-${spec.name}`,
      pattern: `{ ${isReport} && (${metrics}.initDurationMs > 0 || ${metrics}.restoreDurationMs > 0) }`,
      value: '1',
    },
    {
      name: billedMetricName(spec),
      pattern: `{ ${isReport} && ${metrics}.billedDurationMs > 0 }`,
      value: `${metrics}.billedDurationMs`,
    },
    { name: 'Invocations', pattern: `{ ${isReport} }`, value: '1' },
  ];
}

/** Of so many functions alarms and filters fit together into a stack, which may have 500 resources. */
const mostTogether = 65;

function addLogMetrics(stack: NestedStack, parts: Parts, { name: stageName }: StageOptions): void {
  // Filters have no names of their own, so they may move when functions are added; alarms have.
  const scope =
    parts.functions.length <= mostTogether
      ? stack
      : new NestedStack(stack, 'Filters', { description: 'Chorus: what is counted in logs' });
  for (const spec of parts.functions) {
    const logGroup = logOf(scope, spec, stageName);
    for (const { name, pattern, value } of countedInLog(spec))
      new MetricFilter(scope, `Log-${spec.name}-${name}`, {
        logGroup,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: logNamespace(stageName),
        metricName: name,
        metricValue: value,
      });
  }
}

/** The most alarms that a widget of a dashboard shows. */
const mostAlarms = 100;

/** Returns rows with the states of all alarms. */
function widgetsOfAlarms(alarms: readonly Alarm[]): readonly IWidget[][] {
  const rows = Array.from({ length: Math.ceil(alarms.length / mostAlarms) }, (_, index) =>
    alarms.slice(index * mostAlarms, (index + 1) * mostAlarms),
  );
  return rows.map((row) => [
    new AlarmStatusWidget({ title: 'Alarms', alarms: row, width: 24, height: 4 }),
  ]);
}

const half = { width: 12, height: 6 };

function graph(
  title: string,
  left: readonly IMetric[],
  unit?: string,
  right: readonly IMetric[] = [],
): IWidget {
  return new GraphWidget({
    title,
    left: [...left],
    ...(right.length > 0 && { right: [...right], rightYAxis: { min: 0 } }),
    period,
    leftYAxis: { min: 0, ...(unit !== undefined && { label: unit, showUnits: false }) },
    ...half,
  });
}

/** Returns a row of two graphs: the database, and what the cache keeps from it. */
function widgetsOfFeatureStore({ featureStore, options }: Watched): readonly IWidget[][] {
  if (featureStore === undefined) return [];
  const { connections, capacity, cacheHits, cacheMisses, cacheSize } = featureStoreMetrics(
    options.name,
  );
  return [
    [
      graph('Feature store: database, capacity units and connections', [capacity, connections]),
      graph('Feature store: cache', [cacheHits, cacheMisses], undefined, [cacheSize]),
    ],
  ];
}

/** Rows of two graphs: what callers see, what workflows and functions do, what it costs. */
function widgetsOf(watched: Watched): readonly IWidget[][] {
  const { api, functions, workflows, options, cost } = watched;
  const each = (name: string, statistic: string) =>
    functions.map((one) => functionMetric(one, options.name, name, statistic));
  return [
    [
      graph('Requests', [
        apiMetric(api, 'Count', 'Sum'),
        apiMetric(api, '4XXError', 'Sum'),
        apiMetric(api, '5XXError', 'Sum'),
      ]),
      graph(
        'Latency of the API',
        ['p50', 'p95', 'p99'].map((statistic) =>
          apiMetric(api, 'Latency', statistic).with({ label: statistic }),
        ),
        'ms',
      ),
    ],
    [
      graph(
        'Duration of workflows, p95',
        workflows.map((one) => workflowMetric(one, 'ExecutionTime', 'p95')),
        'ms',
      ),
      graph('Duration of functions, p95', each('Duration', 'p95'), 'ms'),
    ],
    [
      graph('Errors of functions', each('Errors', 'Sum')),
      graph('Throttled invocations', each('Throttles', 'Sum')),
    ],
    ...widgetsOfFeatureStore(watched),
    [
      graph(
        'Cold starts',
        functions.map(({ name }) => logMetric(`ColdStarts-${name}`, options.name, name)),
      ),
      new SingleValueWidget({ title: 'Cost', metrics: [cost], ...half }),
    ],
  ];
}

/** Adds the nested stack of the dashboard and the alarms. */
export function addMonitoring(scope: Construct, parts: Parts, options: StageOptions): NestedStack {
  const stack = new NestedStack(scope, 'Monitoring', { description: 'Chorus: monitoring' });
  addLogMetrics(stack, parts, options);
  const cost = projectedCost(parts.api, parts.functions, options.name);
  const watched = { ...parts, options, cost };
  const { alarms: told = 'none' } = options;
  const topic =
    told === 'none' || told === 'bootstrap'
      ? undefined
      : Topic.fromTopicArn(stack, 'AlarmTopic', told);
  const alarms = addAlarms(stack, watched, topic && new SnsAction(topic));
  new Dashboard(stack, 'Dashboard', {
    // Dashboards are those of an account, whatever the region.
    dashboardName: `${physicalName('dashboard', options.name)}-${options.region}`,
    widgets: [...widgetsOfAlarms(alarms), ...widgetsOf(watched)],
  });
  return stack;
}
