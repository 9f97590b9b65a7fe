import { physicalName } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { countsDrift } from '../counts-drift.ts';
import { maxCapacity } from './database.ts';
import { featureStoreMetrics } from './feature-store-metrics.ts';
import {
  apiMetric,
  driftingColumnsName,
  functionErrors,
  logMetric,
  messagesIn,
  minute,
  quarter,
  throttles,
} from './metrics.ts';
import type { Watched } from './watched.ts';

/** An alarm and its threshold. Each watches one metric: that is what it costs, $0.10 a month. */
interface AlarmSpec {
  readonly name: string;
  readonly metric: Metric;
  readonly above: number;
  readonly because: string;
  /** It goes off at once, and stays so until there is another number. @default two of three periods, and none is good */
  readonly stays?: true;
}

/** Share of requests, 0 to 1, whose failure is one too many. */
const errorShare = 0.02;

/** Share of the database's largest capacity at which it is time to think, in percent. */
const capacityPercent = 90;

function alarmsOfFeatureStore({ featureStore, options }: Watched): readonly AlarmSpec[] {
  if (featureStore === undefined) return [];
  const metrics = featureStoreMetrics(options.name);
  const { maxConnections } = featureStore;
  return [
    {
      name: 'database-connections',
      metric: metrics.connections,
      above: maxConnections,
      because: `the database has more than the ${maxConnections} connections that all functions together may open`,
    },
    {
      name: 'database-capacity',
      metric: metrics.capacity,
      above: (maxCapacity * capacityPercent) / 100,
      because: `the database is above ${capacityPercent} % of its ${maxCapacity} capacity units: does the cache take the load?`,
    },
    {
      name: 'cache-throttles',
      metric: metrics.cacheThrottles,
      above: 0,
      because:
        'the cache is asked more often than its usage limits allow; the database gets what it refuses',
    },
  ];
}

/**
 * Alarms of the queues of dead letters: a message in one is one too many. SQS tells nothing of a queue that was not asked for
 * hours, and the message is there all the same.
 */
function alarmsOfQueues({ queues, options }: Watched): readonly AlarmSpec[] {
  return queues
    .filter(({ alarm }) => alarm === true)
    .map((queue) => ({
      name: `${queue.name}-waiting`,
      metric: messagesIn(queue, options.name),
      above: 0,
      because: `something failed for good, and waits in the queue ${queue.name}`,
      stays: true,
    }));
}

/** The alarm of all models together, where something judges their drift; its log says which model and which columns. */
function alarmsOfDrift({ functions, options }: Watched): readonly AlarmSpec[] {
  if (!functions.some(countsDrift)) return [];
  return [
    {
      name: 'drift',
      metric: logMetric(driftingColumnsName, options.name, 'Maximum', quarter),
      above: 0,
      because:
        'a model is asked, or answers, otherwise than in its training: chorus drift tells more',
    },
  ];
}

/**
 * The alarms of a stage, however many functions and workflows it has, and one for each queue that asks for it. A failed execution is an answer of 5xx, and so is one
 * out of time.
 */
function alarmsOf(watched: Watched): readonly AlarmSpec[] {
  const { api, options } = watched;
  return [
    {
      name: 'api-errors',
      // The average of a metric that is 0 or 1 for each request is their share.
      metric: apiMetric(api, '5XXError', 'Average', minute),
      above: errorShare,
      because: `more than ${errorShare * 100} % of the requests are answered with 5xx`,
    },
    {
      name: 'api-latency',
      metric: apiMetric(api, 'Latency', 'p95'),
      above: 3000,
      because: 'p95 of the API is above 3 s',
    },
    {
      name: 'function-errors',
      metric: functionErrors(options.name, 'Average', minute),
      above: errorShare,
      because: `more than ${errorShare * 100} % of the functions' invocations fail; their logs say which`,
    },
    {
      name: 'throttles',
      metric: throttles,
      above: 0,
      because:
        'functions of this account are asked more often at once than their concurrency, or the account, allows',
    },
    ...alarmsOfFeatureStore(watched),
    ...alarmsOfDrift(watched),
    ...alarmsOfQueues(watched),
  ];
}

/** Adds the alarms; of three periods two bad ones are too many, unless one is. */
export function addAlarms(
  stack: NestedStack,
  watched: Watched,
  action: IAlarmAction | undefined,
): readonly Alarm[] {
  return alarmsOf(watched).map(({ name, metric, above, because, stays = false }) => {
    const alarm = new Alarm(stack, `Alarm-${name}`, {
      alarmName: physicalName(name, watched.options.name),
      alarmDescription: because,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: stays ? 1 : 3,
      datapointsToAlarm: stays ? 1 : 2,
      treatMissingData: stays ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    });
    if (action !== undefined) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    return alarm;
  });
}
