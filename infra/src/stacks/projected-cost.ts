import type { FunctionSpec } from '@chorus/blueprint';
import { hoursPerMonth, prices } from '@chorus/cost';
import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { defaultArchitecture } from '../architecture.ts';
import type { StageOptions } from '../options.ts';
import { apiMetric, functionErrors, logMetric } from './metrics.ts';

/** Functions that cost the same per millisecond share a metric. */
export function billedMetricName({
  memoryMb,
  architecture = defaultArchitecture,
}: FunctionSpec): string {
  return `BilledMs-${memoryMb}-${architecture}`;
}

/** Tells whether the prices of a stage's region are known. */
export function hasPrices({ region }: Pick<StageOptions, 'region'>): boolean {
  return region === prices.region;
}

/** A price that CloudWatch can read. */
const written = (dollars: number) => dollars.toFixed(15);

/**
 * The last hour's cost of requests, in dollars, times the hours of a month, at the prices of `@chorus/cost`. Lambda's share
 * is from what it says it billed. That of Step Functions is an upper estimate: one execution for each request, as long as API
 * Gateway waits. What costs something without requests is left out, `atRest` tells of that; so are logs, they are small.
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
      metric: logMetric(name, stageName, 'Sum', hour),
      price: (memoryMb / 1024 / 1000) * lambda.gbSecond[architecture],
    }),
  );
  const perMs = (expressWorkflow.roundMb / 1024 / 1000) * expressWorkflow.gbSecond;
  const counted = [
    ...billed,
    {
      id: 'invocations',
      metric: functionErrors(stageName, 'SampleCount', hour),
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
    label: `$ per month, at the rate of the last hour and the prices of ${prices.region}`,
  });
}
