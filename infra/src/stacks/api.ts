import {
  apiTimeoutSeconds,
  type MemberOutline,
  physicalName,
  type RouteSpec,
  type WorkflowSpec,
} from '@chorus/blueprint';
import { tracedShare } from '@chorus/cost';
import { CfnOutput, Duration, NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  AwsIntegration,
  ContentHandling,
  EndpointType,
  type JsonSchema,
  JsonSchemaType,
  JsonSchemaVersion,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  Model,
  PassthroughBehavior,
  Period,
  RequestValidator,
  type Resource,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { OptionError } from '../errors.ts';
import type { ApiAccess, StageOptions } from '../options.ts';
import { requestTemplate } from '../vtl/request.ts';
import { executionTemplate, refusalTemplate, unavailableTemplate } from '../vtl/response.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { DeployedFunction } from './models.ts';
import type { Service } from './service.ts';
import type { DeployedWorkflow } from './workflows.ts';

/** The functions and workflows that the routes lead to. */
interface Behind {
  readonly functions: readonly DeployedFunction[];
  readonly workflows: readonly DeployedWorkflow[];
}

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

function found<Of extends { readonly spec: { readonly name: string } }>(
  all: readonly Of[],
  name: string,
  route: RouteSpec,
): Of {
  const one = all.find(({ spec }) => spec.name === name);
  if (one === undefined)
    throw new OptionError(`route ${route.path} leads to ${name}, which there is not`);
  return one;
}

const schemaTypes = {
  array: JsonSchemaType.ARRAY,
  object: JsonSchemaType.OBJECT,
  string: JsonSchemaType.STRING,
  null: JsonSchemaType.NULL,
} as const;

/**
 * Returns the outline of a body's member. What stands in it the state machine judges: it can name row and column, and
 * what to do.
 */
function outlineOf({ types, ...limits }: MemberOutline): JsonSchema {
  const [one, ...others] = types.map((type) => schemaTypes[type]);
  return { ...(one && { type: others.length === 0 ? one : [one, ...others] }), ...limits };
}

/** Returns the model that bodies of a workflow are validated by. */
function bodyModel(api: RestApi, workflow: WorkflowSpec): Model {
  return api.addModel(`Body-${workflow.name}`, {
    contentType: 'application/json',
    description: `${workflow.request.noun} for ${workflow.name}`,
    schema: {
      schema: JsonSchemaVersion.DRAFT4,
      title: `${workflow.name} request`,
      type: JsonSchemaType.OBJECT,
      minProperties: 1,
      properties: Object.fromEntries(
        Object.entries(workflow.request.members).map(([name, member]) => [name, outlineOf(member)]),
      ),
    },
  });
}

/** StartSyncExecution straight from API Gateway; our templates do what the CDK's own get wrong. */
function startsWorkflow({ machine }: DeployedWorkflow, credentialsRole: Role): AwsIntegration {
  const json = 'application/json';
  return new AwsIntegration({
    service: 'states',
    action: 'StartSyncExecution',
    integrationHttpMethod: 'POST',
    options: {
      credentialsRole,
      timeout: Duration.seconds(apiTimeoutSeconds),
      // Templates need text, and everything is listed as binary for the sake of /v2.
      contentHandling: ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { [json]: requestTemplate(machine.stateMachineArn) },
      integrationResponses: [
        { statusCode: '200', template: executionTemplate },
        { statusCode: '400', template: refusalTemplate, selectionPattern: '4\\d{2}' },
        { statusCode: '503', template: unavailableTemplate, selectionPattern: '5\\d{2}' },
      ].map(({ template, ...response }) => ({
        ...response,
        contentHandling: ContentHandling.CONVERT_TO_TEXT,
        responseTemplates: { [json]: template },
      })),
    },
  });
}

/** Why no method asks for a Cognito user: this is an API for programs. */
const whoMayCall: Readonly<Record<ApiAccess, string>> = {
  'api-key':
    'callers hold a key with a usage plan; `-c access=iam` asks for AWS credentials instead',
  iam: 'callers sign with AWS credentials',
  open: '`-c access=open` was chosen: anyone may ask, at the rate of the stage',
};

function addAccess(api: RestApi, access: ApiAccess, stage: StageOptions): void {
  if (access === 'api-key') {
    const rateLimit = stage.requestsPerSecond ?? 100;
    const plan = api.addUsagePlan('Usage', {
      name: physicalName('usage', stage.name),
      apiStages: [{ api, stage: api.deploymentStage }],
      throttle: { rateLimit, burstLimit: rateLimit * 2 },
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

/** Adds the nested stack of the HTTP API: every route of the blueprint, to its workflow or its function. */
export function addApi(
  scope: Construct,
  { blueprint }: Service,
  behind: Behind,
  options: StageOptions,
): { readonly stack: NestedStack; readonly api: RestApi } {
  const { name: stageName, access = 'api-key', logDays, requestsPerSecond = 100 } = options;
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
    deployOptions: {
      stageName: 'live',
      accessLogDestination: new LogGroupLogDestination(log),
      accessLogFormat: accessLog,
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      metricsEnabled: true,
      tracingEnabled: true,
      throttlingRateLimit: requestsPerSecond,
      throttlingBurstLimit: requestsPerSecond * 2,
    },
  });
  addGatewayResponses(api, access);
  traceSome(stack, api);
  addAccess(api, access, options);
  addRoutes(stack, api, blueprint.routes, behind, accessOptions(access));
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

function addRoutes(
  stack: NestedStack,
  api: RestApi,
  routes: readonly RouteSpec[],
  { functions, workflows }: Behind,
  access: MethodOptions,
): void {
  const validator = new RequestValidator(stack, 'BodyValidator', {
    restApi: api,
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const started = new Map<string, DeployedWorkflow>();
  const credentials = new Role(stack, 'StartsWorkflows', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: 'Of the HTTP API: starts the workflows of its routes',
  });
  for (const route of routes) {
    const resource: Resource = api.root.resourceForPath(route.path);
    if ('workflow' in route) {
      const workflow = found(workflows, route.workflow, route);
      if (workflow.spec.timeoutSeconds >= apiTimeoutSeconds)
        throw new OptionError(
          `${route.workflow} may take ${workflow.spec.timeoutSeconds} s, API Gateway waits ${apiTimeoutSeconds}`,
        );
      started.set(route.workflow, workflow);
      resource.addMethod(route.method, startsWorkflow(workflow, credentials), {
        ...access,
        requestValidator: validator,
        requestModels: { 'application/json': bodyModel(api, workflow.spec) },
        methodResponses: ['200', '400', '503'].map((statusCode) => ({
          statusCode,
          responseModels: { 'application/json': Model.EMPTY_MODEL },
        })),
      });
    } else {
      const { live } = found(functions, route.function, route);
      resource.addMethod(route.method, new LambdaIntegration(live), {
        ...access,
        requestValidator: validator,
      });
    }
  }
  credentials.addToPolicy(
    new PolicyStatement({
      sid: 'StartWorkflows',
      actions: ['states:StartSyncExecution'],
      resources: [...started.values()].map(({ machine }) => machine.stateMachineArn),
    }),
  );
}
