import type jsonata from 'jsonata';
import { ownField, type QueryData } from './query.ts';

/** The answer that says: let jsonata do it. */
export const declined: unique symbol = Symbol('declined');

/** Answers an expression, or declines. */
export type FastPath = (data: QueryData) => unknown;

/** One step of a plain path: a field, and perhaps an element of it. */
interface Step {
  readonly name: string;
  readonly index: number | undefined;
}

/**
 * Most expressions only name a value: `$states.input.features`, `$branches[0].values`, a literal, or a sum
 * of two of these. They are answered here, some 20 times faster than by jsonata. A path is declined as soon as it has to go *through* an
 * array, where JSONata maps, flattens and unwraps, so the two always agree (see the property test).
 * Answers `undefined` when the expression is of another form.
 */
export function compileFastPath(ast: jsonata.ExprNode): FastPath | undefined {
  if (isPlain(ast, 'string') || isPlain(ast, 'number') || isPlain(ast, 'value')) {
    const value: unknown = ast.value;
    return () => value;
  }
  if (isPlain(ast, 'variable')) return readVariable({ name: ast.value, index: undefined }, []);
  if (ast.type === ('path' as string) && hasOnly(ast, ['type', 'steps'])) {
    const [variable, ...rest] = ast.steps ?? [];
    const first = variable && stepOf(variable, 'variable');
    const steps = rest.map((node) => stepOf(node, 'name'));
    if (first && steps.every((step) => step !== undefined)) return readVariable(first, steps);
  }
  return compileSum(ast);
}

/** `$states.context.State.RetryCount + 1`: a sum of two numbers that are read here; any other sum is jsonata's. */
function compileSum(ast: jsonata.ExprNode): FastPath | undefined {
  const { type, value, lhs, rhs } = ast as unknown as Sum;
  if (type !== 'binary' || value !== '+') return undefined;
  const left = compileFastPath(lhs);
  const right = compileFastPath(rhs);
  if (!left || !right) return undefined;
  return (data) => {
    const [a, b] = [left(data), right(data)];
    const sum = typeof a === 'number' && typeof b === 'number' ? a + b : Number.NaN;
    return Number.isFinite(sum) ? sum : declined;
  };
}

function readVariable(variable: Step, steps: readonly Step[]): FastPath | undefined {
  // "$" and "$$" are the context item, which Step Functions does not provide.
  if (variable.name === '' || variable.name === '$') return undefined;
  return (data) => {
    const { states, variables } = data;
    const named = variable.name === 'states' ? states : ownField(variables, variable.name);
    // It may be the name of one of jsonata's own functions.
    if (named === undefined) return declined;
    let value = elementOf(named, variable.index);
    for (const { name, index } of steps) {
      if (value === declined || Array.isArray(value)) return declined;
      value = elementOf(ownField(value, name), index);
    }
    return value;
  };
}

/** Returns the element of an array; one that is itself an array, or is not there, is left to jsonata. */
function elementOf(value: unknown, index: number | undefined): unknown {
  if (index === undefined) return value;
  const element: unknown = Array.isArray(value) ? value[index] : undefined;
  return element === undefined || Array.isArray(element) ? declined : element;
}

/** Returns a variable or field with nothing attached to it but, perhaps, one index: `[0]`. */
function stepOf(node: jsonata.ExprNode, type: 'variable' | 'name'): Step | undefined {
  if (isPlain(node, type)) return { name: node.value, index: undefined };
  const attached = type === 'variable' ? 'predicate' : 'stages';
  if (node.type !== type || !hasOnly(node, ['type', 'value', 'position', attached]))
    return undefined;
  const [filter, ...others] = (node as unknown as Filtered)[attached] ?? [];
  if (filter?.type !== 'filter' || !isPlain(filter.expr, 'number') || others.length > 0)
    return undefined;
  const index: number = filter.expr.value;
  return Number.isInteger(index) && index >= 0 ? { name: node.value, index } : undefined;
}

/** The part of jsonata's syntax tree that its types leave out. */
interface Filtered {
  readonly predicate?: readonly Filter[];
  readonly stages?: readonly Filter[];
}
interface Sum {
  readonly type: string;
  readonly value: unknown;
  readonly lhs: jsonata.ExprNode;
  readonly rhs: jsonata.ExprNode;
}
interface Filter {
  readonly type: string;
  readonly expr: jsonata.ExprNode;
}

/** A node with nothing attached to it: no predicate, no grouping, no `[]`, no focus. */
function isPlain(node: jsonata.ExprNode, type: jsonata.ExprNode['type']): boolean {
  return node.type === type && hasOnly(node, ['type', 'value', 'position']);
}

function hasOnly(node: object, keys: readonly string[]): boolean {
  return Object.keys(node).every((key) => keys.includes(key));
}
