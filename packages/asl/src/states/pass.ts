import { compileDataFlow } from '../data-flow.ts';
import type { State } from '../machine.ts';
import type { StateCompiler } from '../state-compiler.ts';

/** Pass: hands on its input, or a fixed `Result` (specification: "Pass State"). */
export function compilePass(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  const flow = compileDataFlow(compiler, { parameters: true, result: false });
  if (definition.Result === undefined) {
    return async (visit) => flow.finish(visit, await flow.effectiveInput(visit));
  }
  return (visit) => flow.finish(visit, definition.Result);
}
