import { physicalName, type Rate } from '@chorus/blueprint';
import { CfnOutput, Duration, type NestedStack } from 'aws-cdk-lib';
import {
  AuthorizationType,
  type MethodOptions,
  Period,
  type RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { functionsOfAccess } from '../authorizer.ts';
import { defaultRate } from '../check-access.ts';
import type { ApiAccess, StageOptions } from '../options.ts';
import { liveFunction } from './deployed-function.ts';

/** Why no method asks for a Cognito user of the CDK's own kind, or for anything at all. */
const whoMayCall: Readonly<Record<ApiAccess, string>> = {
  'api-key': "callers hold a key with a usage plan; `access: 'iam'` or `'jwt'` asks who they are",
  iam: 'callers sign with AWS credentials',
  jwt: 'callers bring a token, of Cognito or another issuer, which a function of ours judges',
  open: "`access: 'open'` was chosen: anyone may ask, at the rate of the stage",
};

/** Why some methods ask for nothing where all others do. */
const exceptions = {
  publicRoutes:
    'the public routes answer everyone by way of CloudFront, at rates of their own; all others ask for a signature or a token',
  preflight: 'what browsers ask before a request of a page has no credentials',
} as const;

/** Requests per second, and at once. */
export function throttleOf({ perSecond, burst = perSecond * 2 }: Rate): {
  readonly rateLimit: number;
  readonly burstLimit: number;
} {
  return { rateLimit: perSecond, burstLimit: burst };
}

/** Adds the key that callers hold, with its rate and its quota. */
function addKey(scope: Construct, api: RestApi, stage: StageOptions): void {
  const plan = api.addUsagePlan('Usage', {
    name: physicalName('usage', stage.name),
    apiStages: [{ api, stage: api.deploymentStage }],
    throttle: throttleOf(stage.rate ?? defaultRate),
    quota: { limit: stage.requestsPerMonth ?? 1_000_000, period: Period.MONTH },
  });
  const key = api.addApiKey('Key', { apiKeyName: physicalName('key', stage.name) });
  plan.addApiKey(key);
  new CfnOutput(scope, 'KeyId', {
    description: 'aws apigateway get-api-key --include-value --api-key <id>',
    value: key.keyId,
  });
}

/** How long API Gateway keeps what was said of a token. */
const keptFor = Duration.minutes(5);

/** What a header with a token looks like; for anything else the function is not asked. */
const bearer = '^[Bb][Ee][Aa][Rr][Ee][Rr] +[A-Za-z0-9_=-]+\\.[A-Za-z0-9_=-]+\\.[A-Za-z0-9_=-]+$';

/** Adds the authorizer that has a function judge tokens. */
function addAuthorizer(stack: NestedStack, stage: StageOptions): TokenAuthorizer | undefined {
  const [judge] = functionsOfAccess(stage);
  if (judge === undefined) return undefined;
  return new TokenAuthorizer(stack, 'Authorizer', {
    authorizerName: physicalName('tokens', stage.name),
    handler: liveFunction(stack, judge.name, stage.name),
    resultsCacheTtl: keptFor,
    validationRegex: bearer,
  });
}

/** The options of a method that takes calls with the key of a usage plan: the caller's, or CloudFront's. */
export const withKey: MethodOptions = {
  apiKeyRequired: true,
  authorizationType: AuthorizationType.NONE,
};

/** Adds what callers have to show, and returns the options of the methods that ask for it. */
export function addAccess(
  scope: Construct,
  stack: NestedStack,
  api: RestApi,
  stage: StageOptions,
  hasPublicRoutes: boolean,
): MethodOptions {
  const { access = 'api-key', origins = [] } = stage;
  const authorizer = addAuthorizer(stack, stage);
  if (access === 'api-key') addKey(scope, api, stage);
  acknowledge(api, 'AwsSolutions-COG4', whoMayCall[access]);
  // A request with a signature, or a token, is an authorised one to the rule.
  if (access === 'api-key' || access === 'open')
    acknowledge(api, 'AwsSolutions-APIG4', whoMayCall[access]);
  else if (hasPublicRoutes) acknowledge(api, 'AwsSolutions-APIG4', exceptions.publicRoutes);
  else if (origins.length > 0) acknowledge(api, 'AwsSolutions-APIG4', exceptions.preflight);
  if (authorizer !== undefined)
    return { authorizer, authorizationType: AuthorizationType.CUSTOM, apiKeyRequired: false };
  return {
    apiKeyRequired: access === 'api-key',
    authorizationType: access === 'iam' ? AuthorizationType.IAM : AuthorizationType.NONE,
  };
}
