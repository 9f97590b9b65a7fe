import { type FunctionSpec, physicalName, stagePrefix } from '@chorus/blueprint';
import { prices } from '@chorus/cost';
import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { defaultArchitecture } from '../architecture.ts';
import { liveAlias } from '../names.ts';
import type { DeployedWorkflow } from './workflows.ts';

/** The period of every graph and alarm. */
export const period: Duration = Duration.minutes(5);

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

/** A metric that is counted from logs, see `addLogMetrics`. */
export function logMetric(
  name: string,
  stageName: string,
  label: string = name,
  per: Duration = period,
): Metric {
  return new Metric({
    namespace: logNamespace(stageName),
    metricName: name,
    statistic: 'Sum',
    period: per,
    label,
  });
}

/** Returns a metric of a state machine. */
export function workflowMetric(
  { machine, spec }: DeployedWorkflow,
  metricName: string,
  statistic: string,
  per: Duration = period,
): Metric {
  return new Metric({
    namespace: 'AWS/States',
    metricName,
    dimensionsMap: { StateMachineArn: machine.stateMachineArn },
    statistic,
    period: per,
    label: spec.name,
  });
}

/** Returns a metric of the whole API at its only stage. */
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
    label: metricName,
  });
}

/** Functions that cost the same per millisecond share a metric: an alarm may look at ten metrics, not more. */
export function billedMetricName({
  memoryMb,
  architecture = defaultArchitecture,
}: FunctionSpec): string {
  return `BilledMs-${memoryMb}-${architecture}`;
}

const hoursPerMonth = 730;

/** A price that CloudWatch can read. */
const written = (dollars: number) => dollars.toFixed(15);

/**
 * The last hour's cost, in dollars, times the hours of a month, at the prices of `@chorus/cost`. Lambda's share is from
 * what it says it billed. That of Step Functions is an upper estimate: one execution for each request, as long as API
 * Gateway waits. Stored gigabytes and logs are left out, they are small; and the feature store, which has graphs of its own.
 */
export function projectedCost(
  api: RestApi,
  functions: readonly FunctionSpec[],
  stageName: string,
): MathExpression {
  const hour = Duration.hours(1);
  const { lambda, expressWorkflow, restApi } = prices;
  const classes = new Map(functions.map((spec) => [billedMetricName(spec), spec]));
  const billed = [...classes].map(
    ([name, { memoryMb, architecture = defaultArchitecture }], index) => ({
      id: `billed${index}`,
      metric: logMetric(name, stageName, name, hour),
      price: (memoryMb / 1024 / 1000) * lambda.gbSecond[architecture],
    }),
  );
  const perMs = (expressWorkflow.roundMb / 1024 / 1000) * expressWorkflow.gbSecond;
  const counted = [
    ...billed,
    {
      id: 'invocations',
      metric: logMetric('Invocations', stageName, 'invocations', hour),
      price: lambda.request,
    },
    { id: 'waited', metric: apiMetric(api, 'IntegrationLatency', 'Sum', hour), price: perMs },
    {
      id: 'requests',
      metric: apiMetric(api, 'Count', 'Sum', hour),
      price: restApi.request + expressWorkflow.request + expressWorkflow.roundMs * perMs,
    },
  ];
  const sum = counted.map(({ id, price }) => `FILL(${id},0)*${written(price)}`).join('+');
  return new MathExpression({
    expression: `${hoursPerMonth}*(${sum})`,
    usingMetrics: Object.fromEntries(counted.map(({ id, metric }) => [id, metric])),
    period: hour,
    label: '$ per month, at the rate of the last hour',
  });
}
