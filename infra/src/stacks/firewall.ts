import { physicalName } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { publicPrefix } from '../pages/public-routes.ts';

/** Requests of one address in five minutes, of which the next are answered with 403. */
const mostOfAddress = 3000;
const windowSeconds = 300;

/** Counts what is stopped, and keeps no samples: requests have people's data in them. */
function seenAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

/**
 * Adds AWS WAF before the API: AWS's common rules, and a rate for each address. It costs $7 a month, and $0.60 for a million
 * requests.
 */
export function addFirewall(stack: NestedStack, api: RestApi, stageName: string): void {
  const rules: CfnWebACL.RuleProperty[] = [
    {
      name: 'common',
      priority: 1,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: 'AWSManagedRulesCommonRuleSet',
          // It stops bodies above 8 kB, which a photo or a batch of rows is; API Gateway has a limit of its own.
          ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }],
        },
      },
      visibilityConfig: seenAs('common'),
    },
    {
      name: 'rate',
      priority: 2,
      action: { block: {} },
      statement: {
        rateBasedStatement: {
          limit: mostOfAddress,
          evaluationWindowSec: windowSeconds,
          aggregateKeyType: 'IP',
          // The pages' visitors come by the few addresses of CloudFront, and have rates of their own.
          scopeDownStatement: {
            notStatement: {
              statement: {
                regexMatchStatement: {
                  regexString: `^(/live)?${publicPrefix}/`,
                  fieldToMatch: { uriPath: {} },
                  textTransformations: [{ priority: 0, type: 'NONE' }],
                },
              },
            },
          },
        },
      },
      visibilityConfig: seenAs('rate'),
    },
  ];
  const acl = new CfnWebACL(stack, 'Firewall', {
    name: physicalName('firewall', stageName),
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    rules,
    visibilityConfig: seenAs('firewall'),
  });
  new CfnWebACLAssociation(stack, 'Guarded', {
    resourceArn: api.deploymentStage.stageArn,
    webAclArn: acl.attrArn,
  });
}
