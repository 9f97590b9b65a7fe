import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Blueprint, PageSpec } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import type { ApiAccess, StageOptions } from '../options.ts';
import { type Assembly, bundledRoot, synthesise } from './assembly.ts';

const single = blueprint.routes.filter(
  ({ method, path }) => method === 'POST' && !path.includes('{'),
);

/** The routes that the page calls: all that can have a twin, but the first one. */
export const called: Blueprint['routes'] = single.slice(1);

/** A page that calls them. */
export const page: PageSpec = {
  path: '/',
  source: 'apps/page',
  settings: { title: 'Photos' },
  calls: called.map(({ path }) => `POST ${path}`),
};

/** Returns the service with these pages, or with none. */
export function withPages(pages?: readonly PageSpec[], publicPages?: boolean): Blueprint {
  const { pages: _, publicPages: __, ...rest } = blueprint;
  return { ...rest, ...(pages && { pages }), ...(publicPages !== undefined && { publicPages }) };
}

/** Synthesises the service with public pages that are built. */
export function deployPages(
  stage: Partial<StageOptions> = {},
  pages: readonly PageSpec[] = [page],
): Assembly {
  const root = bundledRoot();
  for (const { source } of pages) {
    mkdirSync(join(root, source, 'dist'), { recursive: true });
    writeFileSync(join(root, source, 'dist/index.html'), '<!doctype html>');
  }
  return synthesise(stage, { blueprint: withPages(pages, true), root });
}

const withPublicPages = new Map<ApiAccess, Assembly>();
const withoutPages = new Map<ApiAccess, Assembly>();

/** Returns the service with a public page, once for all tests of a process. */
export function publicAssembly(access: ApiAccess = 'api-key'): Assembly {
  const assembly = withPublicPages.get(access) ?? deployPages({ access });
  withPublicPages.set(access, assembly);
  return assembly;
}

/** Returns the service without a page, once for all tests of a process. */
export function plainAssembly(access: ApiAccess = 'api-key'): Assembly {
  const assembly = withoutPages.get(access) ?? synthesise({ access }, { blueprint: withPages() });
  withoutPages.set(access, assembly);
  return assembly;
}
