import { type Fields, fieldsOf, holdsNode, listOf, nodeOf } from './parse-tree.ts';

/** Why a statement may break the code that runs; undefined for one that only adds. */
export type Verdict = string | undefined;

/** Changes of rows that exist, also inside of another statement. */
const changesRows = ['DeleteStmt', 'UpdateStmt', 'MergeStmt'];

/** The ways in which a column gets a value that nothing names. */
const valueGivers = ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'];

function constraintsOf(column: unknown): readonly unknown[] {
  const { constraints } = fieldsOf(nodeOf(column).fields);
  return listOf(constraints).map((each) => nodeOf(each).fields['contype']);
}

function addedColumn({ def }: Fields): Verdict {
  const constraints = constraintsOf(def);
  const mustHaveValue = ['CONSTR_NOTNULL', 'CONSTR_PRIMARY'].some((each) =>
    constraints.includes(each),
  );
  return mustHaveValue && !valueGivers.some((each) => constraints.includes(each))
    ? 'adds a column that is NOT NULL without a DEFAULT: the live code does not fill it'
    : undefined;
}

/** The changes of a table that take something, in words; those that only add have a function or `undefined`. */
const tableChanges: Readonly<Record<string, Verdict | ((fields: Fields) => Verdict)>> = {
  AT_AddColumn: addedColumn,
  AT_DropNotNull: undefined,
  AT_ColumnDefault: ({ def }) =>
    def === undefined ? 'drops a DEFAULT that the live code may rely on' : undefined,
  AT_DropColumn: 'drops a column that the live code may read',
  AT_AlterColumnType: 'changes the type of a column that the live code reads',
  AT_SetNotNull: 'sets NOT NULL: the live code may write nothing there',
  AT_AddConstraint: 'adds a constraint that rows of the live code may not meet',
  AT_DropConstraint: 'drops a constraint that the live code may rely on',
};

function alteredTable({ cmds }: Fields): Verdict {
  for (const each of listOf(cmds)) {
    const { fields } = nodeOf(each);
    const subtype = String(fields['subtype']);
    if (!(subtype in tableChanges))
      return `changes a table in a way that is not known to only add (${subtype.replace(/^AT_/, '')})`;
    const change = tableChanges[subtype];
    const verdict = typeof change === 'function' ? change(fields) : change;
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

const replaced = (what: string) => (fields: Fields) =>
  fields['replace'] === true ? `replaces a ${what} that the live code may use` : undefined;

/** By kind of statement. A kind that is missing is not known to only add, and is refused as such. */
const statementKinds: Readonly<Record<string, Verdict | ((fields: Fields) => Verdict)>> = {
  CreateStmt: undefined,
  CreateTableAsStmt: undefined,
  CreateSchemaStmt: undefined,
  CreateSeqStmt: undefined,
  CreateExtensionStmt: undefined,
  CreateEnumStmt: undefined,
  CompositeTypeStmt: undefined,
  CreateDomainStmt: undefined,
  CommentStmt: undefined,
  CreateFunctionStmt: replaced('function'),
  ViewStmt: replaced('view'),
  AlterEnumStmt: ({ oldVal }) =>
    oldVal === undefined ? undefined : 'renames a value that the live code may write',
  IndexStmt: ({ unique }) =>
    unique === true
      ? 'makes a unique index of a table that is there: the live code may write the same twice'
      : undefined,
  GrantStmt: ({ is_grant }) =>
    is_grant === true ? undefined : 'revokes a right that the live code may need',
  InsertStmt: ({ onConflictClause }) =>
    fieldsOf(onConflictClause)['action'] === 'ONCONFLICT_UPDATE'
      ? 'changes rows that the live code reads'
      : undefined,
  SelectStmt: (fields) =>
    holdsNode(fields, ['FuncCall']) ? 'calls a function, which may do anything' : undefined,
  AlterTableStmt: alteredTable,
  DropStmt: 'drops what the live code may use',
  RenameStmt: 'renames what the live code calls by its name',
  AlterObjectSchemaStmt: 'moves what the live code looks for elsewhere',
  TruncateStmt: 'deletes rows that the live code reads',
  DeleteStmt: 'deletes rows that the live code reads',
  UpdateStmt: 'changes rows that the live code reads',
  MergeStmt: 'changes rows that the live code reads',
  DoStmt: 'runs a block of code that nothing can look into',
};

/** Returns why a statement may break the code that runs; undefined when it only adds. */
export function judge(kind: string, fields: Fields): Verdict {
  if (!(kind in statementKinds)) return `is not known to only add (${kind.replace(/Stmt$/, '')})`;
  const known = statementKinds[kind];
  const verdict = typeof known === 'function' ? known(fields) : known;
  if (verdict !== undefined) return verdict;
  return holdsNode(fields, changesRows) ? 'changes rows that the live code reads' : undefined;
}
