import { compileRule } from '../choice-rule.ts';
import { type AssignQuery, compileAssign, compileDataFlow } from '../data-flow.ts';
import type { ChoiceRuleDefinition } from '../definition.ts';
import { EvaluationError } from '../errors.ts';
import type { State, Visit } from '../machine.ts';
import type { Query, QueryData } from '../query.ts';
import { compileTemplate, queryData, type StateCompiler, typeError } from '../state-compiler.ts';

interface Choice {
  readonly next: string | undefined;
  matches(data: QueryData): boolean | Promise<boolean>;
  readonly output: Query | undefined;
  readonly assign: AssignQuery | undefined;
}

/**
 * Choice: goes to the state of the first rule that holds, else to `Default` (specification: "Choice
 * State"). A rule's own `Assign` and `Output` count when it is taken, the state's when none is.
 */
export function compileChoice(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  const flow = compileDataFlow(compiler, { parameters: false, result: false });
  const choices = (definition.Choices ?? []).map((rule, index) =>
    compileChoiceRule(compiler, `Choices/${index}`, rule),
  );

  return async (visit) => {
    const input = await flow.effectiveInput(visit);
    const data = queryData(visit, { root: input });
    for (const choice of choices) {
      if (await choice.matches(data)) return take(choice, visit, input);
    }
    if (definition.Default === undefined) {
      throw new EvaluationError(
        'States.NoChoiceMatched',
        `No rule of state '${compiler.name}' matched and it has no Default.`,
      );
    }
    return { ...(await flow.finish(visit, input)), next: definition.Default };
  };

  async function take(choice: Choice, visit: Visit, input: unknown) {
    // Only a JSONPath state has an OutputPath, and it has no Output: the flow then does the rest.
    const { output } = choice.output
      ? { output: await choice.output(queryData(visit)) }
      : await outputOnly(visit, input);
    return { output, next: choice.next, assign: await choice.assign?.(visit, { root: input }) };
  }

  async function outputOnly(visit: Visit, input: unknown) {
    return compiler.language === 'JSONPath' ? flow.finish(visit, input) : { output: input };
  }
}

function compileChoiceRule(
  compiler: StateCompiler,
  field: string,
  rule: ChoiceRuleDefinition,
): Choice {
  const jsonata = compiler.language === 'JSONata';
  return {
    next: rule.Next,
    matches: jsonata
      ? compileCondition(compiler, `${field}/Condition`, rule.Condition)
      : compileRule(compiler, field, rule),
    output:
      jsonata && rule.Output !== undefined
        ? compileTemplate(compiler, `${field}/Output`, rule.Output)
        : undefined,
    assign: compileAssign(compiler, `${field}/Assign`, rule.Assign),
  };
}

/** "Condition" must yield a boolean. */
function compileCondition(
  compiler: StateCompiler,
  field: string,
  condition: unknown,
): (data: QueryData) => Promise<boolean> {
  const query = compileTemplate(compiler, field, condition);
  return async (data) => {
    const value = await query(data);
    if (typeof value === 'boolean') return value;
    throw typeError(
      compiler,
      `${field} of state '${compiler.name}' must be true or false, not ${JSON.stringify(value)}.`,
    );
  };
}
