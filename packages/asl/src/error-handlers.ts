import { compileAssign, compileResultPathField } from './data-flow.ts';
import type { CatcherDefinition, StateDefinition } from './definition.ts';
import { errorOutput } from './errors.ts';
import type { Catcher } from './machine.ts';
import { compileRetrier, type Retrier } from './retry.ts';
import { compileTemplate, queryData, type StateCompiler } from './state-compiler.ts';

/** Compiles a state's `Retry`, and reports values the specification forbids. */
export function compileRetriers(compiler: StateCompiler): Retrier[] {
  const retriers = compiler.definition.Retry ?? [];
  checkErrorEquals(compiler, 'Retry');
  return retriers.map((retrier, index) => {
    const problem = (field: string, message: string) =>
      compiler.problem(`Retry/${index}/${field}`, message);
    const { BackoffRate, IntervalSeconds, MaxDelaySeconds, JitterStrategy } = retrier;
    if (BackoffRate !== undefined && BackoffRate < 1) problem('BackoffRate', 'At least 1.');
    if (IntervalSeconds !== undefined && IntervalSeconds < 1)
      problem('IntervalSeconds', 'At least 1.');
    if (MaxDelaySeconds !== undefined && MaxDelaySeconds <= 0) {
      problem('MaxDelaySeconds', 'More than 0.');
    }
    if (JitterStrategy !== undefined && !['FULL', 'NONE'].includes(JitterStrategy)) {
      problem('JitterStrategy', 'FULL or NONE.');
    }
    return compileRetrier(retrier);
  });
}

/** Compiles a state's `Catch` (specification: "Fallback states"). */
export function compileCatchers(compiler: StateCompiler): Catcher[] {
  checkErrorEquals(compiler, 'Catch');
  return (compiler.definition.Catch ?? []).map((catcher, index) =>
    compileCatcher(compiler, `Catch/${index}`, catcher),
  );
}

function compileCatcher(
  compiler: StateCompiler,
  field: string,
  definition: CatcherDefinition,
): Catcher {
  const place = compileResultPathField(compiler, `${field}/ResultPath`, definition.ResultPath);
  const output =
    definition.Output === undefined
      ? undefined
      : compileTemplate(compiler, `${field}/Output`, definition.Output, ['errorOutput']);
  const assign = compileAssign(compiler, `${field}/Assign`, definition.Assign, ['errorOutput']);
  return {
    errorEquals: definition.ErrorEquals,
    async catch(visit, error) {
      const caught = errorOutput(error);
      const extras = { root: caught, errorOutput: caught };
      return {
        output: output ? await output(queryData(visit, extras)) : place(visit.input, caught),
        next: definition.Next,
        assign: await assign?.(visit, extras),
      };
    },
  };
}

/** "States.ALL" stands alone, and in the last handler. */
function checkErrorEquals(compiler: StateCompiler, field: 'Retry' | 'Catch'): void {
  const handlers: StateDefinition['Retry'] | StateDefinition['Catch'] = compiler.definition[field];
  handlers?.forEach(({ ErrorEquals }, index) => {
    const at = `${field}/${index}/ErrorEquals`;
    if (ErrorEquals.length === 0) compiler.problem(at, 'Names at least one error.');
    if (!ErrorEquals.includes('States.ALL')) return;
    if (ErrorEquals.length > 1) compiler.problem(at, 'States.ALL must stand alone.');
    if (index < handlers.length - 1) compiler.problem(at, 'States.ALL must come last.');
  });
}
