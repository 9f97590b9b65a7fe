/** A node of PostgreSQL's parse tree: its kind as the only key, its fields below it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns a value as the fields of a node; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** Returns a value as a list; empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the kind of a node, `AlterTableStmt`, and its fields. */
export function nodeOf(value: unknown): { readonly kind: string; readonly fields: Fields } {
  const [kind = '', fields] = Object.entries(fieldsOf(value))[0] ?? [];
  return { kind, fields: fieldsOf(fields) };
}

/** Tells whether there is a node of one of these kinds somewhere in a tree. */
export function holdsNode(tree: unknown, kinds: readonly string[]): boolean {
  if (Array.isArray(tree)) return tree.some((each) => holdsNode(each, kinds));
  return Object.entries(fieldsOf(tree)).some(
    ([key, value]) => kinds.includes(key) || holdsNode(value, kinds),
  );
}

/** Returns the table that a statement is about, with its schema if that is written. */
export function tableOf({ relation }: Fields): string | undefined {
  const { schemaname, relname } = fieldsOf(relation);
  if (typeof relname !== 'string') return undefined;
  return typeof schemaname === 'string' ? `${schemaname}.${relname}` : relname;
}
