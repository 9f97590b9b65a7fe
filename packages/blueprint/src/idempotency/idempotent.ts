import { requestTable } from '@chorus/resilience';
import { type TableLink, table } from '../links/table.ts';
import type { MachineSpec, RouteSpec, TableSpec } from '../types.ts';
import { onceMachine, onceMachineName } from './once.ts';

/** Lets a function that the runtime has `answeredOnce` keep its answers to requests with an Idempotency-Key. */
export const requestLink: TableLink = table(requestTable.name, { access: 'write' });

/** What answers requests with an Idempotency-Key once is made of. */
export interface Idempotent {
  readonly machines: readonly MachineSpec[];
  readonly tables: readonly TableSpec[];
  readonly routes: readonly RouteSpec[];
}

/**
 * Returns routes whose workflows answer requests with an Idempotency-Key once, at once or later, and the state machine and the
 * table that this takes. Functions with `requestLink` keep their answers in the same table.
 */
export function idempotent(routes: readonly RouteSpec[]): Idempotent {
  const started = routes.flatMap((route) =>
    'workflow' in route
      ? [
          route.workflow,
          ...Object.values(route.asynchronous ?? ({} as Record<string, string>)),
          ...Object.values(route.traced ?? ({} as Record<string, string>)),
        ]
      : [],
  );
  const [first, ...others] = new Set(started);
  return {
    machines: first === undefined ? [] : [onceMachine([first, ...others])],
    tables: [requestTable],
    routes: routes.map((route) =>
      'workflow' in route ? { ...route, once: onceMachineName } : route,
    ),
  };
}
