import {
  type FunctionSpec,
  physicalName,
  type QueueSpec,
  queueName,
  stagePrefix,
} from '@chorus/blueprint';
import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { liveAlias } from '../names.ts';
import type { DeployedWorkflow } from './workflows.ts';

// Metrics of alarms have no labels: with one, the CDK writes an alarm as if it had an expression.

/** The period of graphs, and of alarms that can wait. */
export const period: Duration = Duration.minutes(5);

/** The period of alarms that end a release: a canary takes five minutes. */
export const minute: Duration = Duration.minutes(1);

/** The period of what is judged every quarter of an hour. */
export const quarter: Duration = Duration.minutes(15);

/** Namespace of the metrics that are counted from logs. */
export function logNamespace(stageName: string): string {
  return `Chorus/${stagePrefix(stageName)}`;
}

/** Returns a metric of a function's live version, as Lambda counts it. */
export function functionMetric(
  spec: FunctionSpec,
  stageName: string,
  metricName: string,
  statistic: string,
): Metric {
  const name = physicalName(spec.name, stageName);
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: name, Resource: `${name}:${liveAlias}` },
    statistic,
    period,
    label: spec.name,
  });
}

/**
 * Throttled invocations of all functions of the account in this region: Lambda counts them by function, or all together. An
 * account of its own for each stage makes them the stage's.
 */
export const throttles: Metric = new Metric({
  namespace: 'AWS/Lambda',
  metricName: 'Throttles',
  statistic: 'Sum',
  period,
});

/** The most messages that waited in a queue. */
export function messagesIn(queue: QueueSpec, stageName: string): Metric {
  return new Metric({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensionsMap: { QueueName: queueName(queue, stageName) },
    statistic: 'Maximum',
    period: minute,
  });
}

/** A metric that is counted from logs, see `addLogMetrics`; of all functions together. */
export function logMetric(
  metricName: string,
  stageName: string,
  statistic = 'Sum',
  per: Duration = period,
): Metric {
  return new Metric({
    namespace: logNamespace(stageName),
    metricName,
    statistic,
    period: per,
  });
}

/** The name of the metric that is 1 for each failed invocation and 0 for each other one. */
export const functionErrorsName = 'FunctionErrors';

/** Failed invocations: their share is the `Average`, their number the `Sum`, that of all invocations the `SampleCount`. */
export function functionErrors(
  stageName: string,
  statistic: 'Average' | 'Sum' | 'SampleCount',
  per: Duration = period,
): Metric {
  return logMetric(functionErrorsName, stageName, statistic, per);
}

/** Returns a metric of a state machine. */
export function workflowMetric(
  { machine, spec }: DeployedWorkflow,
  metricName: string,
  statistic: string,
): Metric {
  return new Metric({
    namespace: 'AWS/States',
    metricName,
    dimensionsMap: { StateMachineArn: machine.stateMachineArn },
    statistic,
    period,
    label: spec.name,
  });
}

/** Returns a metric of the whole API at its only stage; AWS takes nothing for those. */
export function apiMetric(
  api: RestApi,
  metricName: string,
  statistic: string,
  per: Duration = period,
): Metric {
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiName: api.restApiName, Stage: api.deploymentStage.stageName },
    statistic,
    period: per,
  });
}

/** The name of the metric of columns that have drifted: a value for each model that is judged. */
export const driftingColumnsName = 'DriftingColumns';
