import { compileDataFlow } from '../data-flow.ts';
import { assertFits } from '../limits.ts';
import type { State } from '../machine.ts';
import { runGraph } from '../run-graph.ts';
import { runInside } from '../run-inside.ts';
import type { StateCompiler } from '../state-compiler.ts';
import { once } from '../track.ts';

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
    const { scope } = visit;
    const { track } = scope;
    const input = await once(
      track,
      'input',
      async () => {
        const effective = await flow.effectiveInput(visit);
        if (effective !== visit.input) assertFits(effective, `input of state '${visit.state}'`);
        return effective;
      },
      () => [{ type: 'ParallelStateStarted' }],
    );
    // Started and succeeded.
    scope.execution.countEvents(2);
    const count = branches.length;
    const outputs = await runInside(visit, {
      kind: 'Parallel',
      count,
      limit: count,
      run: (index, signal) => {
        const branch = branches[index];
        if (!branch) throw new RangeError(`There is no branch ${index}.`);
        return runGraph(branch, input, {
          ...scope,
          signal,
          path: [...scope.path, visit.state, String(index)],
          track: track?.inside(visit.state, index),
        });
      },
    });
    return flow.finish(visit, outputs);
  };
}
