import { compileDataFlow } from '../data-flow.ts';
import type { State } from '../machine.ts';
import type { StateCompiler } from '../state-compiler.ts';

/** Succeed: ends its graph with its input (specification: "Succeed State"). */
export function compileSucceed(compiler: StateCompiler): State['run'] {
  const flow = compileDataFlow(compiler, { parameters: false, result: false });
  return async (visit) => flow.finish(visit, await flow.effectiveInput(visit));
}
