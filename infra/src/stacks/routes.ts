import {
  apiTimeoutSeconds,
  type FunctionSpec,
  isExpress,
  type MemberOutline,
  type RouteSpec,
  type WorkflowSpec,
} from '@chorus/blueprint';
import { Duration, type NestedStack } from 'aws-cdk-lib';
import {
  AwsIntegration,
  ContentHandling,
  type JsonSchema,
  JsonSchemaType,
  JsonSchemaVersion,
  LambdaIntegration,
  type MethodOptions,
  Model,
  PassthroughBehavior,
  RequestValidator,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { OptionError } from '../errors.ts';
import {
  type AsynchronousMachines,
  type Once,
  requestTemplate,
  type TracedMachines,
} from '../vtl/request.ts';
import {
  executionTemplate,
  refusalTemplate,
  traceTemplate,
  unavailableTemplate,
} from '../vtl/response.ts';
import { addPreflight, answerHeaders, declared, originTemplate } from './cross-origin.ts';
import { liveFunction } from './deployed-function.ts';
import type { DeployedMachine, DeployedWorkflow } from './workflows.ts';

/** The functions and workflows that the routes lead to. */
export interface Behind {
  readonly functions: readonly FunctionSpec[];
  readonly workflows: readonly DeployedWorkflow[];
  readonly machines: readonly DeployedMachine[];
}

/** A route as the API has it: where, and who may call it. */
export interface Mounted {
  readonly route: RouteSpec;
  readonly path: string;
  readonly access: MethodOptions;
  /** Origins whose pages may call it. */
  readonly origins: readonly string[];
}

function found<Of>(all: readonly Of[], name: string, route: RouteSpec, is: (of: Of) => string): Of {
  const one = all.find((each) => is(each) === name);
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

/** Adds the model that bodies of a workflow are validated by. */
function addBodyModel(api: RestApi, workflow: WorkflowSpec): Model {
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
function startsWorkflow(
  { machine }: DeployedWorkflow,
  asynchronous: AsynchronousMachines | undefined,
  once: Once | undefined,
  traced: TracedMachines | undefined,
  credentialsRole: Role,
  origins: readonly string[],
): AwsIntegration {
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
      requestTemplates: {
        [json]: requestTemplate(machine.stateMachineArn, asynchronous, once, traced),
      },
      integrationResponses: [
        { statusCode: '200', template: executionTemplate },
        { statusCode: '400', template: refusalTemplate, selectionPattern: '4\\d{2}' },
        { statusCode: '503', template: unavailableTemplate, selectionPattern: '5\\d{2}' },
      ].map(({ template, ...response }) => ({
        ...response,
        contentHandling: ContentHandling.CONVERT_TO_TEXT,
        responseParameters: { ...answerHeaders(origins) },
        responseTemplates: { [json]: originTemplate(origins) + traceTemplate + template },
      })),
    },
  });
}

/** A workflow that a route starts, with the model of its bodies. */
interface Started {
  readonly workflow: DeployedWorkflow;
  readonly body: Model;
}

/** @throws {OptionError} if a route leads to a workflow that there is not, or that outlasts API Gateway's patience */
function startedBy(
  api: RestApi,
  route: Extract<RouteSpec, { readonly workflow: string }>,
  workflows: readonly DeployedWorkflow[],
): Started {
  const workflow = found(workflows, route.workflow, route, ({ spec }) => spec.name);
  if (!isExpress(workflow.spec))
    throw new OptionError(
      `route ${route.path} leads to ${route.workflow}, a standard workflow, which gives no answer`,
    );
  if (workflow.spec.timeoutSeconds >= apiTimeoutSeconds)
    throw new OptionError(
      `${route.workflow} may take ${workflow.spec.timeoutSeconds} s, API Gateway waits ${apiTimeoutSeconds}`,
    );
  return { workflow, body: addBodyModel(api, workflow.spec) };
}

/** @throws {OptionError} if a route leads to a state machine that there is not */
function startedLater(
  route: Extract<RouteSpec, { readonly workflow: string }>,
  machines: readonly DeployedMachine[],
): AsynchronousMachines | undefined {
  const arnOf = (name: string) =>
    found(machines, name, route, ({ spec }) => spec.name).machine.stateMachineArn;
  const { asynchronous } = route;
  return (
    asynchronous && {
      accept: arnOf(asynchronous.accept),
      refuse: arnOf(asynchronous.refuse),
      refuseWebhook: arnOf(asynchronous.refuseWebhook),
    }
  );
}

/** @throws {OptionError} if a route leads to a state machine that there is not */
function startedTraced(
  route: Extract<RouteSpec, { readonly workflow: string }>,
  machines: readonly DeployedMachine[],
): TracedMachines | undefined {
  const arnOf = (name: string) =>
    found(machines, name, route, ({ spec }) => spec.name).machine.stateMachineArn;
  const { traced } = route;
  return traced && { machine: arnOf(traced.machine), refuse: arnOf(traced.refuse) };
}

/** @throws {OptionError} if a route leads to a state machine that there is not */
function startedOnce(
  route: Extract<RouteSpec, { readonly workflow: string }>,
  machines: readonly DeployedMachine[],
): Once | undefined {
  const { once, path } = route;
  if (once === undefined) return undefined;
  const { machine } = found(machines, once, route, ({ spec }) => spec.name);
  return { machine: machine.stateMachineArn, route: path };
}

/** Adds what browsers ask before a page's request, once for each path. */
function addPreflights(api: RestApi, routes: readonly Mounted[]): void {
  const called = routes.filter(({ origins }) => origins.length > 0);
  for (const [path, mounted] of Map.groupBy(called, (each) => each.path)) {
    const methods = mounted.flatMap(({ route: { method } }) =>
      method === 'ANY' ? ['GET', 'POST'] : [method],
    );
    const origins = mounted.flatMap((each) => each.origins);
    addPreflight(api.root.resourceForPath(path), [...new Set(methods)], [...new Set(origins)]);
  }
}

/**
 * Adds routes to the API, each to its workflow or its function.
 *
 * @throws {OptionError} if one leads to what there is not, or to a workflow that may take too long
 */
export function addRoutes(
  stack: NestedStack,
  api: RestApi,
  routes: readonly Mounted[],
  { functions, workflows, machines }: Behind,
  stageName: string,
): void {
  const requestValidator = new RequestValidator(stack, 'BodyValidator', {
    restApi: api,
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const started = new Map<string, Started>();
  const arns = new Set<string>();
  const called = new Map<string, IFunction>();
  const credentials = new Role(stack, 'StartsWorkflows', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: 'Of the HTTP API: starts the workflows of its routes',
  });
  for (const { route, path, access, origins } of routes) {
    const resource = api.root.resourceForPath(path);
    if ('workflow' in route) {
      const { workflow, body } = started.get(route.workflow) ?? startedBy(api, route, workflows);
      started.set(route.workflow, { workflow, body });
      const later = startedLater(route, machines);
      const once = startedOnce(route, machines);
      const traced = startedTraced(route, machines);
      const chosen = [...Object.values(later ?? {}), ...Object.values(traced ?? {})];
      for (const arn of [workflow.machine.stateMachineArn, ...chosen]) arns.add(arn);
      if (once !== undefined) arns.add(once.machine);
      resource.addMethod(
        route.method,
        startsWorkflow(workflow, later, once, traced, credentials, origins),
        {
          ...access,
          requestValidator,
          requestModels: { 'application/json': body },
          methodResponses: ['200', '400', '503'].map((statusCode) => ({
            statusCode,
            responseParameters: { ...declared(answerHeaders(origins)) },
            responseModels: { 'application/json': Model.EMPTY_MODEL },
          })),
        },
      );
    } else {
      const { name } = found(functions, route.function, route, (spec) => spec.name);
      const live = called.get(name) ?? liveFunction(stack, name, stageName);
      called.set(name, live);
      resource.addMethod(route.method, new LambdaIntegration(live), {
        ...access,
        requestValidator,
      });
    }
  }
  addPreflights(api, routes);
  // Where no route starts one there is nothing to allow.
  if (arns.size === 0) return;
  credentials.addToPolicy(
    new PolicyStatement({
      sid: 'StartWorkflows',
      actions: ['states:StartSyncExecution'],
      resources: [...arns],
    }),
  );
}
