import { physicalName } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { featureStoreMetrics } from './feature-store-metrics.ts';
import { coldStartsName } from './log-metrics.ts';
import {
  apiMetric,
  functionErrors,
  functionMetric,
  logMetric,
  period,
  throttles,
  workflowMetric,
} from './metrics.ts';
import { billedMetricName, hasPrices, projectedCost } from './projected-cost.ts';
import type { Watched } from './watched.ts';

/** Metrics of a dashboard that is free, as three of an account are. */
const mostMetrics = 50;

/** The most workflows that have a line. */
const mostWorkflows = 8;

/** Metrics that every dashboard shows besides those of functions, workflows and cost. */
const others = 9;

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

/** Returns the first of them, and how to say that there are more. */
function firstOf<Of>(all: readonly Of[], most: number): { some: readonly Of[]; of: string } {
  return {
    some: all.slice(0, Math.max(0, most)),
    of: all.length > most ? `, ${most} of ${all.length}` : '',
  };
}

/** Returns the metrics that the graph of the cost is reckoned from. */
function metricsOfCost({ functions, options }: Watched): number {
  return hasPrices(options) ? new Set(functions.map(billedMetricName)).size + 3 : 0;
}

/** Rows of two graphs: what callers see, what workflows and functions do, what it costs. */
function widgetsOf(watched: Watched): readonly IWidget[][] {
  const { api, functions, workflows, options, featureStore } = watched;
  const lines = firstOf(workflows, mostWorkflows);
  const room =
    mostMetrics -
    others -
    lines.some.length -
    metricsOfCost(watched) -
    (featureStore === undefined ? 0 : 5);
  const shown = firstOf(functions, room);
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
        `Duration of workflows, p95${lines.of}`,
        lines.some.map((one) => workflowMetric(one, 'ExecutionTime', 'p95')),
        'ms',
      ),
      graph(
        `Duration of functions, p95${shown.of}`,
        shown.some.map((one) => functionMetric(one, options.name, 'Duration', 'p95')),
        'ms',
      ),
    ],
    [
      graph('Functions, all together', [
        functionErrors(options.name, 'Sum').with({ label: 'failed' }),
        throttles.with({ label: 'throttled' }),
        logMetric(coldStartsName, options.name).with({ label: 'started cold' }),
      ]),
      // Elsewhere other prices hold, which are not known here.
      ...(hasPrices(options)
        ? [
            new SingleValueWidget({
              title: 'Cost of requests',
              metrics: [projectedCost(api, functions, options.name)],
              ...half,
            }),
          ]
        : []),
    ],
    ...widgetsOfFeatureStore(watched),
  ];
}

/** Adds the dashboard: one of the three that an account has for nothing, whatever the number of functions. */
export function addDashboard(stack: NestedStack, watched: Watched, alarms: readonly Alarm[]): void {
  const { name, region } = watched.options;
  new Dashboard(stack, 'Dashboard', {
    // Dashboards are those of an account, whatever the region.
    dashboardName: `${physicalName('dashboard', name)}-${region}`,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 })],
      ...widgetsOf(watched),
    ],
  });
}
