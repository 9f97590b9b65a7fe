import type { FunctionSpec } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { isAuthorizer } from '../authorizer.ts';
import { countsDrift } from '../counts-drift.ts';
import type { StageOptions } from '../options.ts';
import { logOf } from './deployed-function.ts';
import { driftingColumnsName, functionErrorsName, logNamespace } from './metrics.ts';
import { billedMetricName, hasPrices } from './projected-cost.ts';

interface Counted {
  /** The filter's id, within those of a function. */
  readonly id: string;
  /** The name of the metric. */
  readonly name: string;
  /** Which lines count. */
  readonly pattern: string;
  /** The value that each line adds. */
  readonly value: string;
}

/** The name of the metric of cold starts. */
export const coldStartsName = 'ColdStarts';

const isReport = '$.type = "platform.report"';
const metrics = '$.record.metrics';

/** Whether the invocation failed, for each that there was. */
const outcomes: readonly Counted[] = [
  {
    id: 'Failed',
    name: functionErrorsName,
    pattern: `{ ${isReport} && $.record.status != "success" }`,
    value: '1',
  },
  {
    id: 'Answered',
    name: functionErrorsName,
    pattern: `{ ${isReport} && $.record.status = "success" }`,
    value: '0',
  },
];

/** Columns that have drifted, of each model that a function which counts has judged. */
const drift: Counted = {
  id: 'Drift',
  name: driftingColumnsName,
  pattern: '{ $.message = "drift" }',
  value: '$.drifting',
};

/** Returns the metrics of what a function does besides. */
function own(spec: FunctionSpec): readonly Counted[] {
  return countsDrift(spec) ? [drift] : [];
}

/** Returns the metrics that only the dashboard shows. */
function shown(spec: FunctionSpec, stage: StageOptions): readonly Counted[] {
  if (stage.dashboard !== true) return [];
  return [
    {
      id: 'ColdStarts',
      name: coldStartsName,
      pattern: `{ ${isReport} && (${metrics}.initDurationMs > 0 || ${metrics}.restoreDurationMs > 0) }`,
      value: '1',
    },
    ...(hasPrices(stage)
      ? [
          {
            id: 'Billed',
            name: billedMetricName(spec),
            pattern: `{ ${isReport} && ${metrics}.billedDurationMs > 0 }`,
            value: `${metrics}.billedDurationMs`,
          },
        ]
      : []),
  ];
}

/**
 * Counts, from the report that Lambda writes after each invocation, what no metric of its own tells of all functions
 * together. A metric costs $0.30 a month, in the hours in which something is counted; so there are few, and none has a
 * function's name.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
export function addLogMetrics(
  stack: NestedStack,
  functions: readonly FunctionSpec[],
  stage: StageOptions,
): void {
  // An authorizer fails to say who is unknown.
  for (const spec of functions.filter((each) => !isAuthorizer(each))) {
    const logGroup = logOf(stack, spec, stage.name);
    for (const { id, name, pattern, value } of [...outcomes, ...own(spec), ...shown(spec, stage)])
      new MetricFilter(stack, `Log-${spec.name}-${id}`, {
        logGroup,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: logNamespace(stage.name),
        metricName: name,
        metricValue: value,
      });
  }
}
