import {
  asynchronousQuery,
  type Blueprint,
  type FunctionSpec,
  isExpress,
  type ParameterDocument,
  type RouteDocument,
  type RouteSpec,
  requestLink,
  type WorkflowSpec,
} from '@chorus/blueprint';
import {
  acceptedResponse,
  errorSchema,
  failedSchema,
  json,
  predictionsSchema,
  responses,
} from './answers.ts';
import { webhookCallback, webhookParameter } from './callbacks.ts';
import { openInferencePaths, openInferenceSchemas } from './open-inference.ts';

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

/** The part of a path that stands for the name of a model. */
const anyModel = '{model}';

/** Every failure of a workflow's route. */
const ofWorkflows = [400, 404, 405, 413, 415, 422, 429, 500, 502, 503, 504];

/** The header of routes that answer requests with the same key once. */
const keyParameter: ParameterDocument = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Requests with the same key and body are answered once, and alike, for a day. Another body is 422; 409 while the first runs',
  schema: { type: 'string', minLength: 1, maxLength: 130 },
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
};

/** Statuses that only a request with a key has. */
const ofKeys = [409, 422];

const withStatuses = (statuses: readonly number[], more: readonly number[]): readonly number[] =>
  [...new Set([...statuses, ...more])].toSorted((a, b) => a - b);

/** The parameter of a route that answers later, too. */
const whenAnswered = {
  name: asynchronousQuery.name,
  in: 'query',
  description: `${asynchronousQuery.later}: the answer is an id, by which \`/predictions/{id}\` tells the predictions later`,
  schema: { enum: [asynchronousQuery.now, asynchronousQuery.later] },
} as const;

type ToWorkflow = Extract<RouteSpec, { readonly workflow: string }>;

function ofWorkflow({ request, example }: WorkflowSpec, { path, asynchronous, once }: ToWorkflow) {
  return {
    summary: `Takes ${request.noun} and answers with predictions`,
    operationId: path.slice(1).replaceAll(/[^\w]+/g, '-'),
    tags: ['Workflows'],
    ...((asynchronous ?? once) !== undefined && {
      parameters: [
        ...(asynchronous ? [whenAnswered, webhookParameter] : []),
        ...(once ? [keyParameter] : []),
      ],
    }),
    requestBody: { required: true, content: json(request.bodySchema, example) },
    responses: {
      ...responses(
        'Predictions; `failed` names the models that did not answer and why',
        { $ref: '#/components/schemas/Predictions' },
        withStatuses(ofWorkflows, once === undefined ? [] : ofKeys),
      ),
      ...(asynchronous && acceptedResponse),
    },
    ...(asynchronous && { callbacks: webhookCallback }),
  };
}

/** Returns the parameters of a route: those of its path that nothing is said about, and those that its document names. */
function parametersOf(path: string, { parameters = [] }: RouteDocument): readonly object[] {
  const named = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
  const others = [...path.matchAll(/\{(\w+)\+?\}/g)].flatMap(([, name = '']) =>
    named.includes(name) || `{${name}}` === anyModel
      ? []
      : [{ name, in: 'path', required: true, schema: { type: 'string' } }],
  );
  return [
    ...others,
    ...parameters.map((each) => ({ ...each, ...(each.in === 'path' && { required: true }) })),
  ];
}

/** The operation of one route, by its method; nothing for routes that stand for a protocol of their own. */
function operationOf(
  route: RouteSpec,
  workflows: readonly WorkflowSpec[],
  functions: readonly FunctionSpec[],
) {
  if ('workflow' in route) {
    const workflow = workflows.find(({ name }) => name === route.workflow);
    return workflow && { post: ofWorkflow(workflow, route) };
  }
  const { document } = route;
  if (document === undefined) return undefined;
  const { summary, body, example, answer, status, failures } = document;
  const keepsKeys =
    route.method === 'POST' &&
    functions.find(({ name }) => name === route.function)?.links?.includes(requestLink) === true;
  const parameters = [...parametersOf(route.path, document), ...(keepsKeys ? [keyParameter] : [])];
  return {
    [route.method === 'ANY' ? 'get' : route.method.toLowerCase()]: {
      summary,
      tags: [route.path.includes(anyModel) ? 'Models' : 'Service'],
      ...(parameters.length > 0 && { parameters }),
      ...(body !== undefined && {
        requestBody: { required: true, content: json(body, example) },
      }),
      responses: responses('Done', answer, withStatuses(failures, keepsKeys ? ofKeys : []), status),
    },
  };
}

/**
 * Describes the routes of a blueprint: what they take, from the schemas of the workflows' requests, and every status that
 * they answer with. A route to any model is described once for each of them.
 *
 * @param title what the document is called
 */
export function describeApi(
  { functions, workflows, routes }: Blueprint,
  title = 'Chorus',
): OpenApiDocument {
  const models = functions.filter(({ kind }) => kind === 'model').map(({ name }) => name);
  const speaksOpenInference = routes.some(({ path }) => path === '/v2/{proxy+}');
  // One path may have several methods.
  const paths: Record<string, object> = {};
  for (const route of routes) {
    const operation = operationOf(route, workflows, functions);
    if (operation === undefined) continue;
    for (const name of route.path.includes(anyModel) ? models : ['']) {
      const path = route.path.replace(anyModel, name).replace('+}', '}');
      paths[path] = { ...paths[path], ...operation };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1.0.0' },
    paths: {
      ...paths,
      ...(speaksOpenInference &&
        openInferencePaths([...workflows.filter(isExpress).map(({ name }) => name), ...models])),
    },
    components: {
      schemas: {
        Error: errorSchema,
        Failed: failedSchema,
        Predictions: predictionsSchema,
        ...(speaksOpenInference && openInferenceSchemas),
      },
    },
  };
}
