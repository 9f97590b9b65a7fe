import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  apiTimeoutSeconds,
  asynchronousQuery,
  type Blueprint,
  chooseMachine,
  isExpress,
  physicalName,
  traceQuery,
  webhookQuery,
} from '@chorus/blueprint';
import { RequestAbortedError, stateMachineArn } from '@chorus/emulator-aws';
import type { LambdaService } from '@chorus/emulator-lambda';
import type { StatesService } from '@chorus/emulator-states';
import {
  executionNameOf,
  NotFoundError,
  toErrorBody,
  traceHeader,
  traceparentOf,
} from '@chorus/protocol';
import { StartError } from '../errors.ts';
import type { ApiAnswer } from './answer-of-execution.ts';
import { isDocsPath, sendDocs } from './docs-page.ts';
import { enterFunction } from './function-door.ts';
import { matchRoute, routeFor } from './match-route.ts';
import { enterWorkflow } from './workflow-door.ts';

export interface ApiOptions {
  readonly blueprint: Blueprint;
  readonly lambda: LambdaService;
  readonly states: StatesService;
}

/** API Gateway's longest integration, from the arrival of a request, in milliseconds. */
const integrationMs = apiTimeoutSeconds * 1000;

/** When to come again: after a second where too much is asked at once, else when the answer says. */
function retryAfter({ status, body }: ApiAnswer): { readonly 'retry-after'?: string } {
  const seconds: unknown = status === 429 ? 1 : Object(body).retryAfter;
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

function send(response: ServerResponse, answer: ApiAnswer, requestId: string): void {
  // Its time was up: it has been answered.
  if (response.headersSent) return;
  const body = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    ...retryAfter(answer),
  });
  response.end(body);
}

/** A path as a message shows it. */
function shown(path: string): string {
  return path.length > 80 ? `${path.slice(0, 80)}…` : path;
}

/** @throws {StartError} if a route leads to a workflow that gives no answer */
function checkRoutes({ routes, workflows }: Blueprint): void {
  for (const route of routes) {
    const name = 'workflow' in route ? route.workflow : undefined;
    const workflow = workflows.find((each) => each.name === name);
    if (workflow && !isExpress(workflow))
      throw new StartError(
        `The route ${route.path} leads to ${name}, a standard workflow, which gives no answer: leave it out, and start the workflow by Step Functions' StartExecution`,
      );
  }
}

/**
 * The HTTP API of the blueprint's routes, with the answers API Gateway gives.
 *
 * @throws {StartError} if a route leads to a workflow that gives no answer
 */
export function apiDoor(
  options: ApiOptions,
): (request: IncomingMessage, response: ServerResponse, requestId: string) => Promise<void> {
  const { blueprint, lambda, states } = options;
  checkRoutes(blueprint);
  const listing = blueprint.routes.map(({ method, path }) => `${method} ${path}`).join(', ');

  return async (request, response, requestId) => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    if (isDocsPath(path)) return sendDocs(path, request, response);
    const { routes = [], parameters } = matchRoute(blueprint.routes, path) ?? {};
    const route = routeFor(routes, request.method);
    const tooLate = setTimeout(() => {
      request.resume();
      const error = `no answer within ${integrationMs / 1000} s of the request's arrival`;
      send(response, { status: 504, body: { error } }, requestId);
    }, integrationMs);
    try {
      if (routes.length === 0)
        throw new NotFoundError(`nothing at ${shown(path)}; there is: ${listing}`);
      if (route === undefined) {
        const methods = routes.map(({ method }) => method).join(', ');
        response.setHeader('allow', methods);
        request.resume();
        const error = `${shown(path)} takes ${methods}, not ${request.method}`;
        send(response, { status: 405, body: { error } }, requestId);
      } else if ('function' in route) {
        const name = physicalName(route.function);
        const resource = { path: route.path, parameters };
        await enterFunction(lambda, name, resource, request, response, requestId);
      } else {
        const name = executionNameOf(requestId, request.headers[traceHeader]);
        response.setHeader(traceHeader, traceparentOf(name) ?? []);
        const values = new URLSearchParams(query);
        const value = (name: string) => values.getAll(name).at(-1);
        const webhook = value(webhookQuery) ?? '';
        const machine = chooseMachine(route, {
          later: value(asynchronousQuery.name),
          trace: value(traceQuery.name),
          webhook,
        });
        const started = {
          arn: stateMachineArn(physicalName(machine)),
          ...(machine === route.asynchronous?.accept && { webhook }),
        };
        const once = route.once && {
          machine: stateMachineArn(physicalName(route.once)),
          route: route.path,
        };
        const answer = await enterWorkflow(states, started, request, requestId, once || undefined);
        send(response, answer, requestId);
      }
    } catch (error) {
      if (error instanceof RequestAbortedError) return;
      request.resume();
      const { status, body } = toErrorBody(error);
      if (status === 500) console.error(error);
      send(response, { status, body }, requestId);
    } finally {
      clearTimeout(tooLate);
    }
  };
}
