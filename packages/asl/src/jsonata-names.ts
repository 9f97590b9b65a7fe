/** A node of jsonata's syntax tree, of which the published types know only a part. */
type Node = { readonly [key: string]: unknown };

/** Names an expression may not use, and why. */
export interface NameRules {
  /** Fields of `$states` that do not exist where the expression stands. */
  readonly unavailable: ReadonlySet<string>;
}

/**
 * Finds the names that Step Functions refuses in an expression when a state machine is created: names at the top
 * level (there is no context item; the input is `$states.input`), `$` and `$$` there, `$eval`, and `$states.result`
 * or `$states.errorOutput` where there is none. Returns one message a problem.
 */
export function forbiddenNames(ast: unknown, rules: NameRules): string[] {
  const messages = new Set<string>();
  visit(ast, true, rules, (message) => messages.add(message));
  return [...messages];
}

/**
 * `topLevel`: whether a bare name read here is read from the missing context item. Steps after the
 * first, predicates, sort terms and grouping read from a value instead.
 */
function visit(
  node: unknown,
  topLevel: boolean,
  rules: NameRules,
  report: (message: string) => void,
): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, topLevel, rules, report);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, value, ...rest } = node as Node;
  if (topLevel && type === 'name') {
    report(`Reference to '${value}' at the top level is not supported; read $states.input.`);
  }
  if (type === 'variable') {
    if (value === 'eval') report('$eval is not supported; use $parse for JSON text.');
    if (topLevel && value === '') report("Reference to '$' at the top level is not supported.");
    if (value === '$') report("Reference to '$$' is not supported.");
  }
  if (type === 'path') {
    const [first, second] = rest['steps'] as readonly Node[];
    const field = String(second?.['value']);
    if (first?.['value'] === 'states' && first['type'] === 'variable') {
      if (rules.unavailable.has(field)) report(`$states.${field} is not available here.`);
    }
  }
  for (const [key, child] of Object.entries(rest)) {
    if (type === 'path' && key === 'steps') {
      const [first, ...later] = child as readonly unknown[];
      visit(first, topLevel, rules, report);
      visit(later, false, rules, report);
    } else {
      visit(child, topLevel && !readsFromValue.has(key), rules, report);
    }
  }
}

/** Parts of a node that are evaluated against the node's own value. */
const readsFromValue = new Set([
  'stages',
  'predicate',
  'terms',
  'group',
  'pattern',
  'update',
  'delete',
]);
