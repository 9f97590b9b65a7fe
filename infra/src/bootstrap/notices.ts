import { physicalName, type StageSpec } from '@chorus/blueprint';
import { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { stageTag } from './stage-names.ts';

/** Adds the topic that a stage's alarms go to, and mails what it is told to the stage's address. */
export function addTopic(scope: Construct, stage: string, { notify }: StageSpec): Topic {
  const topic = new Topic(scope, 'Alarms', {
    topicName: physicalName('alarms', stage),
    displayName: `Chorus ${stage}`,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  if (notify !== undefined) topic.addSubscription(new EmailSubscription(notify));
  return topic;
}

/** Percent of the budget that has been spent, or will have been by the end of the month at this pace. */
const warnings = [
  { NotificationType: 'ACTUAL', Threshold: 80 },
  { NotificationType: 'ACTUAL', Threshold: 100 },
  { NotificationType: 'FORECASTED', Threshold: 100 },
] as const;

/**
 * Adds a budget that mails before it is spent, and none without an address. It is of the whole account, or of the
 * stage's tag where the account has more stages: that counts nothing until the tag is made a cost allocation tag.
 *
 * @param isShared whether other stages are in the same account
 */
export function addBudget(
  scope: Construct,
  name: string,
  { notify, monthlyBudget = 50 }: StageSpec,
  isShared: boolean,
): void {
  if (notify === undefined) return;
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: `chorus-${name}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyBudget, unit: 'USD' },
      ...(isShared && { costFilters: { TagKeyValue: [`user:${stageTag}$${name}`] } }),
    },
    notificationsWithSubscribers: warnings.map(({ NotificationType, Threshold }) => ({
      notification: {
        notificationType: NotificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold: Threshold,
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: notify }],
    })),
  });
}
