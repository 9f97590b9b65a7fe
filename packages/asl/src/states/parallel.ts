import { compileDataFlow } from '../data-flow.ts';
import { assertFits } from '../limits.ts';
import type { State } from '../machine.ts';
import { runConcurrently } from '../run-concurrently.ts';
import { runGraph } from '../run-graph.ts';
import type { StateCompiler } from '../state-compiler.ts';

/**
 * Parallel: runs all branches on the same input; the result is the array of their outputs. The first
 * branch to fail stops the others, and its error is the state's (specification: "Parallel State").
 */
export function compileParallel(compiler: StateCompiler): State['run'] {
  const flow = compileDataFlow(compiler, { parameters: true, result: true });
  const branches = (compiler.definition.Branches ?? []).map((branch, index) =>
    compiler.graph(`Branches/${index}`, branch),
  );
  return async (visit) => {
    const input = await flow.effectiveInput(visit);
    if (input !== visit.input) assertFits(input, `input of state '${visit.state}'`);
    const { scope } = visit;
    // Started and succeeded.
    scope.execution.countEvents(2);
    const outputs = await runConcurrently(branches.length, branches.length, scope.signal, {
      run: (index, signal) => {
        const branch = branches[index];
        if (!branch) throw new RangeError(`There is no branch ${index}.`);
        return runGraph(branch, input, {
          ...scope,
          signal,
          path: [...scope.path, visit.state, String(index)],
        });
      },
    });
    return flow.finish(visit, outputs);
  };
}
