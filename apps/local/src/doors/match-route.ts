import type { RouteSpec } from '@chorus/blueprint';

/** The routes that a path belongs to: one for each method that is taken there. */
export interface RouteMatch {
  readonly routes: readonly RouteSpec[];
  /** The parts of the path that its parameters stand for, as they are written there; undefined when it has none. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

const parameter = /^\{(?<name>\w+)(?<isGreedy>\+)?\}$/;

/** How exactly a route says its path: API Gateway takes the most exact one of those that a path belongs to. */
function precision({ path }: RouteSpec): number {
  return path.includes('+}') ? 0 : path.includes('{') ? 1 : 2;
}

/** Returns what the parameters of a route stand for in a path; undefined when the path does not belong to it. */
function parametersOf(route: RouteSpec, path: string): Record<string, string> | undefined {
  const parts = path.split('/');
  const found: Record<string, string> = {};
  for (const [index, expected] of route.path.split('/').entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    const { name, isGreedy } = parameter.exec(expected)?.groups ?? {};
    if (name === undefined) {
      if (part !== expected) return undefined;
    } else {
      const value = isGreedy === undefined ? part : parts.slice(index).join('/');
      if (value === '') return undefined;
      found[name] = value;
      if (isGreedy !== undefined) return found;
    }
  }
  const rest = parts.slice(route.path.split('/').length);
  // A slash at the end says nothing.
  return rest.length === 0 || (rest.length === 1 && rest[0] === '') ? found : undefined;
}

/**
 * Finds the routes of a path, with or without a slash at its end. `{name}` stands for one segment, `{name+}` for one or more;
 * a path without parameters comes before one with them, whatever methods they take.
 */
export function matchRoute(routes: readonly RouteSpec[], path: string): RouteMatch | undefined {
  let best: RouteSpec | undefined;
  let parameters: Record<string, string> = {};
  for (const route of routes) {
    if (best !== undefined && precision(best) >= precision(route)) continue;
    const found = parametersOf(route, path);
    if (found === undefined) continue;
    best = route;
    parameters = found;
  }
  if (best === undefined) return undefined;
  const { path: exact } = best;
  return {
    routes: routes.filter((route) => route.path === exact),
    parameters: Object.keys(parameters).length === 0 ? undefined : parameters,
  };
}

/** Returns the route that takes a method, the one that says it before one that takes any; undefined where none does. */
export function routeFor(
  routes: readonly RouteSpec[],
  method: string | undefined,
): RouteSpec | undefined {
  return (
    routes.find((route) => route.method === method) ??
    routes.find((route) => route.method === 'ANY')
  );
}
