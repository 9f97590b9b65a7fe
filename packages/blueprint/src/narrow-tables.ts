/** The tables of a part of a service, and the functions that have nothing to read in them any more. */

import type { TableLink } from './links/table.ts';
import type { Blueprint, FunctionSpec, TableSpec } from './types.ts';

const linksOf = ({ functions, workflows, machines = [] }: Blueprint): readonly TableLink[] =>
  [...functions, ...workflows, ...machines].flatMap(({ links = [] }) =>
    links.flatMap((link) => (link.kind === 'table' ? [link] : [])),
  );

const isWritten = (name: string, of: Blueprint): boolean =>
  linksOf(of).some(({ table, access }) => table === name && access !== 'read');

/** Tells whether a function that answers routes only reads tables that something filled, and nothing does any more. */
export function readsNothingNew(
  { kind, links = [] }: FunctionSpec,
  full: Blueprint,
  left: Blueprint,
): boolean {
  const tables = links.flatMap((link) =>
    link.kind === 'table' && link.access === 'read' ? [link.table] : [],
  );
  return (
    kind === 'http' &&
    tables.length > 0 &&
    tables.length === links.length &&
    tables.every((name) => isWritten(name, full) && !isWritten(name, left))
  );
}

/** Returns the tables that something has a link to still, and those that nothing ever had one to. */
export function usefulTables(full: Blueprint, left: Blueprint): readonly TableSpec[] {
  const has = (of: Blueprint, name: string) => linksOf(of).some(({ table }) => table === name);
  return (full.tables ?? []).filter(({ name }) => has(left, name) || !has(full, name));
}
