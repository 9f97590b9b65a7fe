import { parse } from 'libpg-query';
import { fieldsOf, listOf, nodeOf, tableOf } from './parse-tree.ts';
import { judge } from './statement-kinds.ts';

/** One step of a database's schema. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** Why it takes something away, said on purpose; it is then released alone, see `checkExpandOnly`. */
  readonly contracts?: string;
}

/** A statement that may break the code that runs when it is executed. */
export interface Contraction {
  /** The migration's name. */
  readonly migration: string;
  /** Its text, on one line. */
  readonly statement: string;
  /** `drops a column that the live code may read` */
  readonly reason: string;
}

/** Returns a statement's text, without comments before it, on one line. PostgreSQL counts its place in bytes. */
function textOf(sql: Buffer, statement: unknown): string {
  const { stmt_location: from = 0, stmt_len: length } = fieldsOf(statement);
  const end = typeof length === 'number' && length > 0 ? Number(from) + length : sql.length;
  return sql
    .subarray(Number(from), end)
    .toString()
    .replaceAll(/--[^\n]*\n|\/\*.*?\*\//gs, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

async function contractionsOf({ name, sql }: Migration): Promise<readonly Contraction[]> {
  let tree: unknown;
  try {
    tree = await parse(sql);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ migration: name, statement: '', reason: `is no PostgreSQL: ${why}` }];
  }
  const bytes = Buffer.from(sql);
  // What a migration makes itself is used by nothing yet.
  const own = new Set<string>();
  return listOf(fieldsOf(tree)['stmts']).flatMap((statement) => {
    const { kind, fields } = nodeOf(fieldsOf(statement)['stmt']);
    const table = tableOf(fields);
    if (kind === 'CreateStmt' && table !== undefined && fields['if_not_exists'] !== true)
      own.add(table);
    if (table !== undefined && own.has(table) && kind !== 'InsertStmt') return [];
    const reason = judge(kind, fields);
    return reason === undefined
      ? []
      : [{ migration: name, statement: textOf(bytes, statement), reason }];
  });
}

/**
 * Returns the statements that take something from the code that runs while they are executed, or that are not known to only
 * add. PostgreSQL's own parser reads them, so that no way to write one is missed.
 */
export async function findContractions(
  migrations: readonly Migration[],
): Promise<readonly Contraction[]> {
  return (await Promise.all(migrations.map(contractionsOf))).flat();
}
