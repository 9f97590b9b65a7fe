import { tracedName } from '../names.ts';
import { refuseQuery } from '../refuse-query.ts';
import type { MachineSpec, RouteSpec, WorkflowSpec } from '../types.ts';

/** The parameter of a query that asks for the timeline of an execution in its answer, and its values. */
export const traceQuery = { name: 'trace', on: '1', off: '0' } as const;

const { name, on, off } = traceQuery;

/** The state machine that refuses other values, and a timeline of what is answered later. */
export const refuseTrace: MachineSpec = refuseQuery(
  'refuse-trace',
  name,
  `${name}: expected ${on}, for the times of each step in the answer, or ${off}; an answer that comes later has none`,
);

/** What answers with a timeline is made of. */
export interface Traced {
  readonly machines: readonly MachineSpec[];
  readonly routes: readonly RouteSpec[];
}

/**
 * Returns what answers requests with `?trace=1`: for each workflow that a route starts a second state machine, which asks the same
 * and notes when. Without the parameter nothing is other than it was. A state machine costs nothing by being there.
 */
export function traced(served: readonly WorkflowSpec[], routes: readonly RouteSpec[]): Traced {
  const started = new Set(routes.flatMap((route) => ('workflow' in route ? route.workflow : [])));
  const machines = served.flatMap((workflow): readonly MachineSpec[] =>
    workflow.traced === undefined || !started.has(workflow.name)
      ? []
      : [
          {
            name: tracedName(workflow.name),
            of: workflow.name,
            definition: workflow.traced(),
            functions: workflow.functions,
            ...(workflow.links && { links: workflow.links }),
            timeoutSeconds: workflow.timeoutSeconds,
          },
        ],
  );
  const there = new Set(machines.map((each) => each.of));
  return {
    machines: machines.length === 0 ? [] : [...machines, refuseTrace],
    routes: routes.map((route) =>
      'workflow' in route && there.has(route.workflow)
        ? { ...route, traced: { machine: tracedName(route.workflow), refuse: refuseTrace.name } }
        : route,
    ),
  };
}
