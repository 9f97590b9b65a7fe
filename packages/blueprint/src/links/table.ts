import { BlueprintError } from '../errors.ts';
import { pascalCase, tableVariable } from '../names.ts';
import type { Named, Needs, Statement } from './needs.ts';

/** A table whose items a function reads or writes. */
export interface TableLink {
  readonly kind: 'table';
  readonly table: string;
  readonly access: 'read' | 'write' | 'read-write';
}

/**
 * Lets a function read or write items of a table, by its name in the blueprint. The function finds the table's name in
 * `<NAME>_TABLE`. A transaction needs the rights of its operations; scans and batches have rights of their own, which it
 * does not get.
 */
export function table(name: string, { access }: Pick<TableLink, 'access'>): TableLink {
  return { kind: 'table', table: name, access };
}

/** @throws {BlueprintError} if there is no such table */
export function needsOfTable({ table: name, access }: TableLink, { tables }: Named): Needs {
  const found = tables.find((each) => each.name === name);
  if (found === undefined) throw new BlueprintError(`there is no table ${name}`);
  const title = pascalCase(name);
  const itself = [{ kind: 'table', table: name }] as const;
  const reads: readonly Statement[] = [
    { sid: `Read${title}`, actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: itself },
    {
      sid: `QueryIndexesOf${title}`,
      actions: ['dynamodb:Query'],
      resources: found.indexes.map((index) => ({ kind: 'table', table: name, index })),
    },
  ];
  const writes: Statement = {
    sid: `Write${title}`,
    actions: [
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ],
    resources: itself,
  };
  return {
    variables: { [tableVariable(name)]: { kind: 'table', table: name } },
    statements: [...(access === 'write' ? [] : reads), ...(access === 'read' ? [] : [writes])],
  };
}
