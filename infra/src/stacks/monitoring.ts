import { physicalName } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { addAlarms } from './alarms.ts';
import { addDashboard } from './dashboard.ts';
import { addLogMetrics } from './log-metrics.ts';
import type { Parts } from './watched.ts';

/** Returns what an alarm does; by default it tells the topic that `bootstrap` made for the stage. */
function actionOf(
  stack: NestedStack,
  { name, alarms = 'bootstrap' }: StageOptions,
): IAlarmAction | undefined {
  if (alarms === 'none') return undefined;
  const arn =
    alarms === 'bootstrap'
      ? stack.formatArn({ service: 'sns', resource: physicalName('alarms', name) })
      : alarms;
  return new SnsAction(Topic.fromTopicArn(stack, 'AlarmTopic', arn));
}

/** Adds the nested stack of the alarms, what they need counted, and the dashboard where the stage has one. */
export function addMonitoring(scope: Construct, parts: Parts, options: StageOptions): NestedStack {
  const stack = new NestedStack(scope, 'Monitoring', { description: 'Chorus: monitoring' });
  const watched = { ...parts, options };
  addLogMetrics(stack, parts.functions, options);
  const alarms = addAlarms(stack, watched, actionOf(stack, options));
  if (options.dashboard === true) addDashboard(stack, watched, alarms);
  return stack;
}
