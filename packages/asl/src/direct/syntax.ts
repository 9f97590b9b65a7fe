/** The nodes of jsonata's syntax tree that are evaluated here. Its published types leave most of their fields out. */
export type Node = (
  | { readonly type: 'string' | 'number' | 'value'; readonly value: unknown }
  | { readonly type: 'variable' | 'name'; readonly value: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'path'; readonly steps: readonly Node[] }
  | { readonly type: 'block'; readonly expressions: readonly Node[] }
  | { readonly type: 'bind'; readonly lhs: { readonly value: string }; readonly rhs: Node }
  | ConditionNode
  | { readonly type: 'binary'; readonly value: string; readonly lhs: Node; readonly rhs: Node }
  | { readonly type: 'unary'; readonly value: '-'; readonly expression: Node }
  | { readonly type: 'unary'; readonly value: '['; readonly expressions: readonly Node[] }
  | {
      readonly type: 'unary';
      readonly value: '{';
      readonly lhs: readonly (readonly [Node, Node])[];
    }
  | FunctionNode
  | LambdaNode
  | { readonly type: 'regex'; readonly value: RegExp }
) & { readonly predicate?: readonly FilterNode[]; readonly stages?: readonly FilterNode[] };

export interface ConditionNode {
  readonly type: 'condition';
  readonly condition: Node;
  readonly then: Node;
  readonly else?: Node;
}

export interface FunctionNode {
  readonly type: 'function';
  readonly procedure: Node;
  readonly arguments: readonly Node[];
}

/** `function($a) { … }`. jsonata wraps a call at the end of a body in one without parameters, a thunk. */
interface LambdaNode {
  readonly type: 'lambda';
  readonly arguments: readonly { readonly value: string }[];
  readonly body: Node;
  readonly thunk?: true;
}

export interface FilterNode {
  readonly type: string;
  readonly expr: Node;
}

/**
 * The fields of each kind of node. One with others is jsonata's: grouping (`a{b: c}`), sorting, `[]`, `@`, `#` and `%` mark their
 * nodes with fields of their own.
 */
const fields: Readonly<Record<string, readonly string[]>> = {
  string: ['value'],
  number: ['value'],
  value: ['value'],
  variable: ['value'],
  name: ['value'],
  wildcard: ['value'],
  path: ['steps'],
  block: ['expressions'],
  bind: ['value', 'lhs', 'rhs'],
  condition: ['condition', 'then', 'else'],
  binary: ['value', 'lhs', 'rhs'],
  unary: ['value', 'expression', 'expressions', 'lhs'],
  lambda: ['arguments', 'body', 'thunk'],
  function: ['value', 'procedure', 'arguments'],
  regex: ['value'],
};

/** What any node may have. */
const common: readonly string[] = ['type', 'position', 'predicate', 'stages'];

/** Tells whether a node is of a kind that is evaluated here, with nothing else attached to it. */
export function isPlain(node: Node): boolean {
  const known = fields[node.type];
  return (
    known !== undefined &&
    Object.entries(node).every(
      ([key, value]) => value === undefined || known.includes(key) || common.includes(key),
    ) &&
    [...(node.predicate ?? []), ...(node.stages ?? [])].every(({ type }) => type === 'filter')
  );
}

/** Tells whether nodes of which jsonata begins all before it ends one assign a variable that the others might read. */
export function assignAtOnce(nodes: readonly Node[]): boolean {
  return nodes.length > 1 && nodes.some(assignsHere);
}

/** What a block or a function assigns ends with it. */
function assignsHere(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type } = node as { type?: unknown };
  if (type === 'block' || type === 'lambda') return false;
  return type === 'bind' || Object.values(node).some(assignsHere);
}

/** The names that an expression assigns, which may be those of functions. */
export type Names = ReadonlySet<string>;

export function assignedNames(node: unknown): Names {
  if (typeof node !== 'object' || node === null) return new Set();
  const inner = Object.values(node).flatMap((each) => [...assignedNames(each)]);
  if (!('type' in node)) return new Set(inner);
  const {
    type,
    lhs,
    arguments: parameters,
  } = node as { type: unknown; lhs?: { value: string }; arguments?: readonly { value: string }[] };
  if (type === 'bind' && lhs) inner.push(lhs.value);
  if (type === 'lambda' && parameters) inner.push(...parameters.map(({ value }) => value));
  return new Set(inner);
}
