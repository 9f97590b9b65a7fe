import type jsonata from 'jsonata';
import { ownField, type QueryData } from './query.ts';

/** The answer that says: let jsonata do it. */
export const declined: unique symbol = Symbol('declined');

/** Answers an expression, or declines. */
export type FastPath = (data: QueryData) => unknown;

/**
 * Most expressions only name a value: `$states.input.features`, `$quorum`, a literal. These are read
 * here, some 20 times faster than by jsonata. A path is declined as soon as it has to go *through* an
 * array, where JSONata maps, flattens and unwraps, so the two always agree (see the property test).
 * Answers `undefined` when the expression is of another form.
 */
export function compileFastPath(ast: jsonata.ExprNode): FastPath | undefined {
  if (isPlain(ast, 'string') || isPlain(ast, 'number') || isPlain(ast, 'value')) {
    const value: unknown = ast.value;
    return () => value;
  }
  if (isPlain(ast, 'variable')) return readVariable(ast.value, []);
  if (ast.type === ('path' as string) && hasOnly(ast, ['type', 'steps'])) {
    const [first, ...rest] = ast.steps ?? [];
    if (first && isPlain(first, 'variable') && rest.every((step) => isPlain(step, 'name'))) {
      return readVariable(
        first.value,
        rest.map((step) => step.value),
      );
    }
  }
  return undefined;
}

function readVariable(variable: string, names: readonly string[]): FastPath | undefined {
  // "$" and "$$" are the context item, which Step Functions does not provide.
  if (variable === '' || variable === '$') return undefined;
  return (data) => {
    let value = variable === 'states' ? data.states : ownField(data.variables, variable);
    // It may be the name of one of jsonata's own functions.
    if (value === undefined) return declined;
    for (const name of names) {
      if (Array.isArray(value)) return declined;
      value = ownField(value, name);
    }
    return value;
  };
}

/** A node with nothing attached to it: no predicate, no grouping, no `[]`, no focus. */
function isPlain(node: jsonata.ExprNode, type: jsonata.ExprNode['type']): boolean {
  return node.type === type && hasOnly(node, ['type', 'value', 'position']);
}

function hasOnly(node: jsonata.ExprNode, keys: readonly string[]): boolean {
  return Object.keys(node).every((key) => keys.includes(key));
}
