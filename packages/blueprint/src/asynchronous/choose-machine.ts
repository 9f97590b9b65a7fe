import { refuseQuery } from '../refuse-query.ts';
import { traceQuery } from '../trace/traced.ts';
import type { MachineSpec, RouteSpec } from '../types.ts';

/** The parameter of a query that says when a request is answered, and its values. */
export const asynchronousQuery = { name: 'async', later: '1', now: '0' } as const;

type ToWorkflow = Extract<RouteSpec, { readonly workflow: string }>;

/**
 * Returns the name of the state machine that a route starts, by the values of `async` and `trace` in the query. One with a timeline
 * is started only instead of the workflow itself.
 */
export function chooseMachine(route: ToWorkflow, later?: string, trace?: string): string {
  const machine = chooseByTime(route, later);
  if (route.traced === undefined || trace === undefined || trace === '') return machine;
  if (trace === traceQuery.off) return machine;
  return trace === traceQuery.on && machine === route.workflow
    ? route.traced.machine
    : route.traced.refuse;
}

/**
 * Returns the name of the state machine that a route starts, by the value of `async` in the query: the workflow without a value or
 * with 0, the one that accepts with 1, and for anything else the one that refuses it. A route that answers only at once has no use
 * for the parameter. API Gateway does the same by the template of its request.
 */
function chooseByTime({ workflow, asynchronous }: ToWorkflow, value: string | undefined): string {
  const isNow = value === undefined || value === '' || value === asynchronousQuery.now;
  if (asynchronous === undefined || isNow) return workflow;
  return value === asynchronousQuery.later ? asynchronous.accept : asynchronous.refuse;
}

const { name, later, now } = asynchronousQuery;

/** The state machine that refuses other values. */
export const refuseMachine: MachineSpec = refuseQuery(
  'refuse-async',
  name,
  `${name}: expected ${later}, to be answered later, or ${now}, to be answered now`,
);
