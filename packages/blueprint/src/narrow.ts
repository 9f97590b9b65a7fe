import { BlueprintError } from './errors.ts';
import { requestLink } from './idempotency/idempotent.ts';
import { usefulJobs } from './jobs/useful-jobs.ts';
import { executions } from './links/executions.ts';
import type { Link } from './links/link.ts';
import {
  reachedByMessages,
  startedByThemselves,
  withoutUnusedMessages,
} from './narrow-messages.ts';
import { readsNothingNew, usefulTables } from './narrow-tables.ts';
import type {
  Blueprint,
  BucketSpec,
  FunctionSpec,
  MachineSpec,
  RouteSpec,
  StateMachineSpec,
  WorkflowLink,
} from './types.ts';

/** The part of a service that a deployment has. */
export interface Part {
  /** The workflows that are served. @default all */
  readonly workflows?: readonly string[] | undefined;
  /** True keeps it, even where nothing asks it. @default where a function asks it */
  readonly featureStore?: boolean | undefined;
  /** Functions that stay although nothing asks them: a deployment that still does has to be replaced before they go. */
  readonly functions?: readonly string[] | undefined;
}

/** Names of functions that these ones call, by links of their own. */
function called(functions: readonly FunctionSpec[]): readonly string[] {
  return functions.flatMap(({ links = [] }) =>
    links.flatMap((link) => (link.kind === 'functions' ? link.names : [])),
  );
}

/**
 * Returns the functions that the workflows which stay, routes of their own, schedules, or functions that stay need, by calls
 * or messages; and those that nothing ever asked by a workflow or a link, such as models that are served by themselves.
 */
function neededFunctions(
  full: Blueprint,
  workflows: Blueprint['workflows'],
  machines: NonNullable<Blueprint['machines']>,
  kept: readonly string[],
): readonly FunctionSpec[] {
  const asked = (of: readonly StateMachineSpec[]) =>
    of.flatMap(({ functions }) => functions.map(({ name }) => name));
  const byOthers = new Set([
    ...asked([...full.workflows, ...(full.machines ?? [])]),
    ...called(full.functions),
    ...reachedByMessages(full, full),
  ]);
  const behindRoutes = full.routes.flatMap((route) =>
    'function' in route ? [route.function] : [],
  );
  const roots = new Set([
    ...asked([...workflows, ...machines]),
    ...behindRoutes,
    ...startedByThemselves(full),
    ...kept,
  ]);
  const needed = full.functions.filter(({ name }) => roots.has(name) || !byOthers.has(name));
  for (;;) {
    const names = [
      ...called(needed),
      ...reachedByMessages(full, { functions: needed, workflows, machines }),
    ];
    const more = full.functions.filter(
      (each) => names.includes(each.name) && !needed.includes(each),
    );
    if (more.length === 0) return full.functions.filter((each) => needed.includes(each));
    needed.push(...more);
  }
}

/** Names of the buckets that functions and workflows read, or write. */
function bucketsOf(
  { functions, workflows, machines = [] }: Blueprint,
  access: 'read' | 'write',
): ReadonlySet<string> {
  return new Set(
    [...functions, ...workflows, ...machines].flatMap(({ links = [] }) =>
      links.flatMap((link) =>
        link.kind === 'bucket' && link.access === access ? [link.bucket] : [],
      ),
    ),
  );
}

/** A route as pages name it: `POST /uploads`. */
const nameOf = ({ method, path }: RouteSpec) => `${method} ${path}`;

/** Tells whether a function reads the logs of models, of which there are none. */
const countsNothing = ({ links = [] }: FunctionSpec, { functions }: Blueprint): boolean =>
  links.some(({ kind }) => kind === 'model-logs') &&
  functions.every(({ kind }) => kind !== 'model');

/**
 * Tells whether a function that answers routes has nothing left to do: all that it does is to fill buckets that no function
 * reads any more, or that were filled by pages which are gone; or to read tables that nothing fills any more. So has one that counts
 * what models do, without models.
 */
function isIdle(spec: FunctionSpec, full: Blueprint, left: Blueprint): boolean {
  if (readsNothingNew(spec, full, left) || countsNothing(spec, left)) return true;
  const { name, kind } = spec;
  // That it answers some requests once is no use of its own.
  const links = (spec.links ?? []).filter((link) => link !== requestLink);
  const filled = links.flatMap((link) => (link.kind === 'bucket' ? [link.bucket] : []));
  if (kind !== 'http' || filled.length === 0 || filled.length < links.length) return false;
  const readNow = bucketsOf(left, 'read');
  if (filled.some((bucket) => readNow.has(bucket))) return false;
  const readBefore = bucketsOf(full, 'read');
  if (filled.some((bucket) => readBefore.has(bucket))) return true;
  const calls = ({ pages = [] }: Blueprint) => new Set(pages.flatMap((page) => page.calls));
  const own = full.routes.filter((route) => 'function' in route && route.function === name);
  return own.some((route) => calls(full).has(nameOf(route)) && !calls(left).has(nameOf(route)));
}

/** Returns a blueprint without routes that lead nowhere, and without pages that call one of them. */
function withoutLooseEnds({ pages, ...rest }: Blueprint): Blueprint {
  const { functions, workflows } = rest;
  const names = new Set(functions.map(({ name }) => name));
  const routes = rest.routes.filter((route) =>
    'workflow' in route
      ? workflows.some(({ name }) => name === route.workflow)
      : names.has(route.function),
  );
  const there = new Set(routes.map(nameOf));
  return {
    ...rest,
    routes,
    ...(pages && { pages: pages.filter(({ calls }) => calls.every((call) => there.has(call))) }),
  };
}

/**
 * Returns the buckets that are of use: one that was read before has to be read still, and one that was only written has to be
 * written. A bucket that nothing has a link to is none of this; one that a workflow's definition names has to be there.
 */
function usefulBuckets(full: Blueprint, left: Blueprint): readonly BucketSpec[] {
  return full.buckets.filter(({ name }) => {
    const access = bucketsOf(full, 'read').has(name) ? 'read' : 'write';
    const isNamed = bucketsOf({ ...left, functions: [] }, 'write').has(name);
    return isNamed || !bucketsOf(full, access).has(name) || bucketsOf(left, access).has(name);
  });
}

/** Returns a function without links to what is not there; where one has none left it has none at all. */
function withoutLinks(spec: FunctionSpec, isGone: (link: Link) => boolean): FunctionSpec {
  const { links, ...others } = spec;
  if (links === undefined || !links.some(isGone)) return spec;
  const left = links.filter((link) => !isGone(link));
  return left.length === 0 ? others : { ...others, links: left };
}

/** Returns the links, buckets and feature store that the functions which are left make use of. */
function withoutUnused(full: Blueprint, left: Blueprint, wanted: boolean | undefined): Blueprint {
  const { featureStore, ...others } = left;
  const buckets = usefulBuckets(full, left);
  const isGone = (link: Link) =>
    link.kind === 'bucket'
      ? !buckets.some(({ name }) => name === link.bucket)
      : link.kind === 'feature-store' && wanted === false;
  const functions = left.functions.map((spec) => withoutLinks(spec, isGone));
  const asks = functions.some(({ links = [] }) =>
    links.some(({ kind }) => kind === 'feature-store'),
  );
  return {
    ...others,
    functions,
    buckets,
    ...(full.tables && { tables: usefulTables(full, left) }),
    ...(full.jobs && { jobs: usefulJobs(full, left) }),
    workflows: left.workflows.map((workflow) => ({
      ...workflow,
      functions: workflow.functions.map(
        (each) => functions.find(({ name }) => name === each.name) ?? each,
      ),
    })),
    ...(featureStore && (asks || wanted === true) && { featureStore }),
  };
}

/**
 * Returns the state machines that are parts of how these workflows are answered. One that starts others starts those that stay,
 * and goes with the last of them.
 */
function machinesOf(
  { machines }: Blueprint,
  workflows: Blueprint['workflows'],
): Blueprint['machines'] {
  const left = machines?.filter(({ of }) =>
    workflows.some(({ name }) => of === undefined || name === of),
  );
  const there = new Set([...workflows, ...(left ?? [])].map(({ name }) => name));
  return left?.flatMap((machine) => {
    const links = machine.links?.flatMap((link): WorkflowLink[] => {
      if (link.kind !== 'executions') return [link];
      const [first, ...others] = link.names.filter((name) => there.has(name));
      return first === undefined ? [] : [executions(first, ...others)];
    });
    const starts = (of: MachineSpec['links']) => of?.some(({ kind }) => kind === 'executions');
    if (starts(machine.links) && !starts(links)) return [];
    return { ...machine, ...(links && { links }) };
  });
}

/**
 * Returns the part of a blueprint that a deployment of some workflows needs: they, what they ask, the routes and pages that
 * still lead somewhere, and the buckets, queues, topics and schedules that are of use. Functions that ask a feature store that is left out stay, without
 * the link to it, and answer that there is none. A part of everything is the blueprint itself.
 *
 * @throws {BlueprintError} if the service has no such workflow, or no feature store
 */
export function narrow(
  full: Blueprint,
  { workflows: wanted, featureStore, functions: kept = [] }: Part,
): Blueprint {
  const unknown = wanted?.find((name) => !full.workflows.some((each) => each.name === name));
  if (unknown !== undefined)
    throw new BlueprintError(
      `there is no workflow ${unknown}; the service has ${full.workflows.map(({ name }) => name).join(', ')}`,
    );
  if (featureStore === true && full.featureStore === undefined)
    throw new BlueprintError('the service describes no feature store');
  if (wanted === undefined && featureStore !== false) return full;
  const workflows = full.workflows.filter(({ name }) => wanted?.includes(name) ?? true);
  const machines = machinesOf(full, workflows);
  const needed = neededFunctions(full, workflows, machines ?? [], kept);
  let left = withoutLooseEnds({
    ...full,
    workflows,
    ...(machines && { machines }),
    functions: needed,
  });
  for (;;) {
    const functions = left.functions.filter(
      (spec) => kept.includes(spec.name) || !isIdle(spec, full, left),
    );
    if (functions.length === left.functions.length) break;
    left = withoutLooseEnds({ ...left, functions });
  }
  return withoutUnusedMessages(full, withoutUnused(full, left, featureStore));
}
