import { comparisons, typeTests } from './choice-comparisons.ts';
import type { ChoiceRuleDefinition } from './definition.ts';
import { EvaluationError } from './errors.ts';
import { compilePath } from './json-path.ts';
import type { Query, QueryData } from './query.ts';
import { compileOrReport, compilePathField, type StateCompiler } from './state-compiler.ts';

/** A compiled JSONPath Choice Rule. */
export type Rule = (data: QueryData) => boolean;

/**
 * Compiles a JSONPath Choice Rule (specification: "Choice State"): `And`, `Or`, `Not`, or one
 * comparison of what `Variable` selects. A `Variable` that selects nothing is `States.Runtime`, save
 * for `IsPresent`.
 */
export function compileRule(
  compiler: StateCompiler,
  field: string,
  rule: ChoiceRuleDefinition,
): Rule {
  if (rule.And) {
    const all = rule.And.map((inner, index) =>
      compileRule(compiler, `${field}/And/${index}`, inner),
    );
    return (data) => all.every((inner) => inner(data));
  }
  if (rule.Or) {
    const any = rule.Or.map((inner, index) => compileRule(compiler, `${field}/Or/${index}`, inner));
    return (data) => any.some((inner) => inner(data));
  }
  if (rule.Not) {
    const inner = compileRule(compiler, `${field}/Not`, rule.Not);
    return (data) => !inner(data);
  }
  return compileComparison(compiler, field, rule);
}

function compileComparison(
  compiler: StateCompiler,
  field: string,
  rule: ChoiceRuleDefinition,
): Rule {
  const path = rule.Variable ?? '$';
  const { Variable: _variable, Next: _next, Assign: _assign, Comment: _comment, ...rest } = rule;
  const [operator, ...others] = Object.keys(rest);
  if (operator === undefined || others.length > 0) {
    compiler.problem(field, 'A Choice Rule must have exactly one comparison.');
    return () => false;
  }
  const expected = rule[operator];
  if (operator === 'IsPresent') {
    const variable = compileOrReport(compiler, `${field}/Variable`, () => compilePath(path));
    return (data) => (variable(data) !== undefined) === expected;
  }
  const variable = compilePathField(compiler, `${field}/Variable`, path);
  const test = ownEntry(typeTests, operator);
  if (test) return (data) => test(variable(data)) === expected;

  const byPath = operator.endsWith('Path');
  const compare = ownEntry(comparisons, byPath ? operator.slice(0, -'Path'.length) : operator);
  if (!compare) {
    compiler.problem(`${field}/${operator}`, `There is no comparison "${operator}".`);
    return () => false;
  }
  const other: Query = byPath
    ? compilePathField(compiler, `${field}/${operator}`, String(expected))
    : () => expected;
  return (data) => {
    const result = compare(variable(data), other(data));
    if (result !== undefined) return result;
    throw new EvaluationError(
      'States.Runtime',
      `Open escape in the pattern '${expected}' of state '${compiler.name}'.`,
    );
  };
}

function ownEntry<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
