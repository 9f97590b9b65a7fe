import { refuseQuery } from '../refuse-query.ts';
import { traceQuery } from '../trace/traced.ts';
import type { MachineSpec, RouteSpec } from '../types.ts';

/** The parameter of a query that says when a request is answered, and its values. */
export const asynchronousQuery = { name: 'async', later: '1', now: '0' } as const;

/** The parameter of a query that says which URL is told of the answer of a request that is answered later. */
export const webhookQuery = 'webhook';

type ToWorkflow = Extract<RouteSpec, { readonly workflow: string }>;

/** The values of a query by which a route chooses its state machine. */
export interface MachineQuery {
  readonly later?: string | undefined;
  readonly trace?: string | undefined;
  readonly webhook?: string | undefined;
}

/**
 * Returns the name of the state machine that a route starts, by the values of `async`, `webhook` and `trace` in the query. One with a
 * timeline is started only instead of the workflow itself.
 */
export function chooseMachine(
  route: ToWorkflow,
  { later, trace, webhook }: MachineQuery = {},
): string {
  const machine = chooseByTime(route, later, webhook);
  if (route.traced === undefined || trace === undefined || trace === '') return machine;
  if (trace === traceQuery.off) return machine;
  return trace === traceQuery.on && machine === route.workflow
    ? route.traced.machine
    : route.traced.refuse;
}

/**
 * Returns the name of the state machine that a route starts, by the value of `async` in the query: the workflow without a value or
 * with 0, the one that accepts with 1, and for anything else the one that refuses it. An answer that comes at once is told to no
 * webhook. A route that answers only at once has no use for either parameter. API Gateway does the same by the template of its request.
 */
function chooseByTime(
  { workflow, asynchronous }: ToWorkflow,
  value: string | undefined,
  webhook: string | undefined,
): string {
  if (asynchronous === undefined) return workflow;
  const isNow = value === undefined || value === '' || value === asynchronousQuery.now;
  if (isNow) return webhook === undefined || webhook === '' ? workflow : asynchronous.refuseWebhook;
  return value === asynchronousQuery.later ? asynchronous.accept : asynchronous.refuse;
}

const { name, later, now } = asynchronousQuery;

/** The state machine that refuses other values. */
export const refuseMachine: MachineSpec = refuseQuery(
  'refuse-async',
  name,
  `${name}: expected ${later}, to be answered later, or ${now}, to be answered now`,
);

/** The state machine that refuses a webhook for an answer that comes at once. */
export const refuseWebhookMachine: MachineSpec = refuseQuery(
  'refuse-webhook',
  webhookQuery,
  `${webhookQuery}: only an answer that comes later is told to a URL; add ${name}=${later}, or leave ${webhookQuery} out`,
);
