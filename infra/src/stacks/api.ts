import { physicalName } from '@chorus/blueprint';
import { tracedShare } from '@chorus/cost';
import { CfnOutput, NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  EndpointType,
  LogGroupLogDestination,
  type MethodOptions,
  Period,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { ApiAccess, StageOptions } from '../options.ts';
import { type PublicRoute, publicRoutes } from '../pages/public-routes.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addPageKey, publicRates, watchedMethods } from './public-access.ts';
import { addRoutes, type Behind, type Mounted } from './routes.ts';
import type { Service } from './service.ts';

/** The caller, the route and the outcome of each request; no payload, no address, no key. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    integrationStatus: '$context.integrationStatus',
    bytes: '$context.responseLength',
    error: '$context.error.responseType',
  }),
);

/** Why no method asks for a Cognito user: this is an API for programs. */
const whoMayCall: Readonly<Record<ApiAccess, string>> = {
  'api-key':
    'callers hold a key with a usage plan; `-c access=iam` asks for AWS credentials instead',
  iam: 'callers sign with AWS credentials',
  jwt: 'callers bring a token',
  open: '`-c access=open` was chosen: anyone may ask, at the rate of the stage',
};

function addAccess(api: RestApi, access: ApiAccess, stage: StageOptions): void {
  if (access === 'api-key') {
    const rateLimit = stage.rate?.perSecond ?? 100;
    const plan = api.addUsagePlan('Usage', {
      name: physicalName('usage', stage.name),
      apiStages: [{ api, stage: api.deploymentStage }],
      throttle: { rateLimit, burstLimit: stage.rate?.burst ?? rateLimit * 2 },
      quota: { limit: stage.requestsPerMonth ?? 1_000_000, period: Period.MONTH },
    });
    const key = api.addApiKey('Key', { apiKeyName: physicalName('key', stage.name) });
    plan.addApiKey(key);
    new CfnOutput(api, 'KeyId', {
      description: 'aws apigateway get-api-key --include-value --api-key <id>',
      value: key.keyId,
    });
  }
  acknowledge(api, 'AwsSolutions-COG4', whoMayCall[access]);
  // A request with a signature is an authorised one to the rule.
  if (access !== 'iam') acknowledge(api, 'AwsSolutions-APIG4', whoMayCall[access]);
}

/** X-Ray's own rule traces every request of a quiet service, which would cost more than API Gateway itself. */
function traceSome(stack: NestedStack, api: RestApi): void {
  new CfnSamplingRule(stack, 'Traces', {
    samplingRule: {
      ruleName: api.restApiName,
      priority: 1000,
      fixedRate: tracedShare,
      reservoirSize: 0,
      serviceName: `${api.restApiName}/${api.deploymentStage.stageName}`,
      serviceType: 'AWS::ApiGateway::Stage',
      host: '*',
      httpMethod: '*',
      urlPath: '*',
      resourceArn: '*',
      version: 1,
    },
  });
}

function accessOptions(access: ApiAccess): MethodOptions {
  return {
    apiKeyRequired: access === 'api-key',
    authorizationType: access === 'iam' ? AuthorizationType.IAM : AuthorizationType.NONE,
  };
}

function ownRoutes({ blueprint }: Service, access: ApiAccess): readonly Mounted[] {
  const options = accessOptions(access);
  return blueprint.routes.map((route) => ({ route, path: route.path, access: options }));
}

/** Returns a public twin: its caller needs no key, since CloudFront adds the one that it asks for. */
function mountTwin({ path, twinOf }: PublicRoute): Mounted {
  return { route: twinOf, path, access: accessOptions('api-key') };
}

function addPublicAccess(
  stack: NestedStack,
  api: RestApi,
  access: ApiAccess,
  options: StageOptions,
): void {
  addPageKey(stack, api, options);
  // A request with a signature is an authorised one to the rule, and the other routes ask for one.
  if (access === 'iam')
    acknowledge(
      api,
      'AwsSolutions-APIG4',
      'the public routes answer everyone by way of CloudFront, at rates of their own; all others ask for a signature',
    );
}

/** Adds the nested stack of the HTTP API: every route of the blueprint, to its workflow or its function. */
export function addApi(
  scope: Construct,
  service: Service,
  behind: Behind,
  options: StageOptions,
): { readonly stack: NestedStack; readonly api: RestApi } {
  const { name: stageName, access = 'api-key', logDays, rate = { perSecond: 100 } } = options;
  const open = publicRoutes(service.blueprint);
  const stack = new NestedStack(scope, 'Api', { description: 'Chorus: HTTP API' });
  const log = new LogGroup(stack, 'Log', {
    logGroupName: `/aws/apigateway/${physicalName('api', stageName)}`,
    retention: logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const api = new RestApi(stack, 'Api', {
    restApiName: physicalName('api', stageName),
    description: 'POST /predict/<workflow> in plain JSON; /v2 in the Open Inference Protocol',
    endpointTypes: [EndpointType.REGIONAL],
    apiKeySourceType: ApiKeySourceType.HEADER,
    // Clients of the Open Inference Protocol send tensors as bytes, often without saying so in the content type.
    binaryMediaTypes: ['*/*'],
    cloudWatchRole: true,
    // It is the account's, and goes with an API that could not be made.
    cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    deployOptions: {
      stageName: 'live',
      accessLogDestination: new LogGroupLogDestination(log),
      accessLogFormat: accessLog,
      ...watchedMethods,
      tracingEnabled: true,
      throttlingRateLimit: rate.perSecond,
      throttlingBurstLimit: rate.burst ?? rate.perSecond * 2,
      ...(open.length > 0 && { methodOptions: publicRates(open, options) }),
    },
  });
  addGatewayResponses(api, access);
  traceSome(stack, api);
  addAccess(api, access, options);
  if (open.length > 0) addPublicAccess(stack, api, access, options);
  addRoutes(stack, api, [...ownRoutes(service, access), ...open.map(mountTwin)], behind, stageName);
  acknowledge(
    api,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    'API Gateway takes only an account role with the permissions of this policy for its logs',
  );
  acknowledge(
    api,
    'AwsSolutions-APIG3',
    'no WAF by default: it costs more than everything else at rest; attach one to the stage where the API is public',
  );
  return { stack, api };
}
