import { physicalName, type RouteSpec } from '@chorus/blueprint';
import { tracedShare } from '@chorus/cost';
import { NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  EndpointType,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { defaultRate } from '../check-access.ts';
import type { StageOptions } from '../options.ts';
import { type PublicRoute, publicRoutes } from '../pages/public-routes.ts';
import { addAccess, withKey } from './api-access.ts';
import { addApiDomain } from './api-domain.ts';
import { addFirewall } from './firewall.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addPageKey, methodRate, publicRates, watchedMethods } from './public-access.ts';
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

/**
 * Returns a public twin: its caller needs no key, since CloudFront adds the one that it asks for. It answers at once only, so that
 * no stranger fills the queues.
 */
function mountTwin({ path, twinOf }: PublicRoute): Mounted {
  let route: RouteSpec = twinOf;
  if ('workflow' in twinOf) {
    const { asynchronous: _, ...atOnce } = twinOf;
    route = atOnce;
  }
  return { route, path, access: withKey, origins: [] };
}

/** Returns the rates of routes that have one of their own: those of the stage's options, and the public ones. */
function methodRates(
  open: readonly PublicRoute[],
  options: StageOptions,
): Record<string, MethodDeploymentOptions> {
  const { routeRates = {} } = options;
  const own = Object.entries(routeRates).map(([route, rate]) => {
    const [method = '', path = ''] = route.split(' ');
    return [`${path}/${method}`, methodRate(rate)] as const;
  });
  return { ...Object.fromEntries(own), ...publicRates(open, options) };
}

/** Adds the nested stack of the HTTP API: every route of the blueprint, to its workflow or its function. */
export function addApi(
  scope: Construct,
  service: Service,
  behind: Behind,
  options: StageOptions,
): { readonly stack: NestedStack; readonly api: RestApi } {
  const { name: stageName, logDays, origins = [], rate = defaultRate, domain, waf } = options;
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
      ...methodRate(rate),
      methodOptions: methodRates(open, options),
    },
  });
  addGatewayResponses(api, options);
  traceSome(stack, api);
  const access = addAccess(scope, stack, api, options, open.length > 0);
  if (open.length > 0) addPageKey(stack, api, options);
  const own = service.blueprint.routes.map((route) => ({
    route,
    path: route.path,
    access,
    origins,
  }));
  addRoutes(stack, api, [...own, ...open.map(mountTwin)], behind, stageName);
  if (domain !== undefined) addApiDomain(scope, stack, api, domain);
  if (waf === true) addFirewall(stack, api, stageName);
  acknowledge(
    api,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    'API Gateway takes only an account role with the permissions of this policy for its logs',
  );
  if (waf !== true)
    acknowledge(
      api,
      'AwsSolutions-APIG3',
      'no WAF by default: it costs more than everything else at rest; `waf: true` puts one before the API',
    );
  return { stack, api };
}
