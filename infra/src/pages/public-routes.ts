import type { Blueprint, RouteSpec } from '@chorus/blueprint';
import { OptionError } from '../errors.ts';

/** The first part of the paths that pages call on AWS. */
export const publicPrefix = '/public';

/** The parameter of Foundation that says which origin's pages may upload. */
export const pageOriginName = 'PageOrigin';

/** Before the pages are deployed they have no origin: this one belongs to nobody. */
export const noOrigin = 'https://page.invalid';

/** A route's twin that a page calls without a key. */
export interface PublicRoute {
  readonly method: 'POST';
  /** `/public/uploads`. */
  readonly path: string;
  /** The route whose answer it gives. */
  readonly twinOf: RouteSpec;
}

/** A page's path: the root, or one name below it. */
const pagePath = /^\/(?:[a-z0-9][a-z0-9-]*)?$/;

/** Tells whether a deployment has pages that are open to everyone. */
export function hasPublicPages({ pages = [], publicPages }: Blueprint): boolean {
  return publicPages === true && pages.length > 0;
}

/** @throws {OptionError} if two pages share a path, or one has a path that is none */
function checkPaths(paths: readonly string[]): void {
  const wrong = paths.find((path) => !pagePath.test(path) || path === publicPrefix);
  if (wrong !== undefined)
    throw new OptionError(
      `page ${wrong}: a page's path is / or /name, in small letters, digits and hyphens, and not ${publicPrefix}, which leads to the routes`,
    );
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new OptionError(`page ${twice}: two pages have this path`);
}

/** @throws {OptionError} unless the call is a route of the blueprint that can have a twin */
function routeOf(call: string, routes: readonly RouteSpec[]): RouteSpec {
  const found = routes.find(({ method, path }) => `${method} ${path}` === call);
  if (found === undefined)
    throw new OptionError(
      `a page calls ${call}, which is no route of the blueprint: ${routes.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
    );
  // What answers many paths or methods reads them, and would not know itself under another path.
  if (found.method !== 'POST' || found.path.includes('{'))
    throw new OptionError(
      `a page calls ${call}, which stands for many paths or methods: name a POST route of one path`,
    );
  return found;
}

/**
 * Returns the public twins of the routes that the blueprint's pages call; none unless `publicPages` is on.
 *
 * @throws {OptionError} if a page calls what is no route of one path, or its own path cannot be had
 */
export function publicRoutes(blueprint: Blueprint): readonly PublicRoute[] {
  const { pages = [], routes } = blueprint;
  if (!hasPublicPages(blueprint)) return [];
  checkPaths(pages.map(({ path }) => path));
  const calls = new Set(pages.flatMap((page) => page.calls));
  return [...calls].map((call) => {
    const twinOf = routeOf(call, routes);
    return { method: 'POST', path: `${publicPrefix}${twinOf.path}`, twinOf };
  });
}
