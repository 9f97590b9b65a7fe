import { jsonata } from '../jsonata.ts';
import type { State } from '../outcome.ts';
import { trainingState } from './names.ts';
import type { PipelineSpec, TrainedModelSpec } from './pipeline-spec.ts';
import { searchState, searchStates } from './search-states.ts';
import { divideState, shareStates } from './share-states.ts';
import { candidateOf, trainingOrder } from './training-order.ts';
import { trainingTask } from './training-task.ts';

/**
 * Returns the branch that trains one model: its output is `{model, output, metrics}`, or `{model, error, cause}` of a training that
 * failed. What was tried, and what shares did, is beside it.
 *
 * @throws {BlueprintError} for a search or shares that make no sense
 */
export function trainingBranch(spec: PipelineSpec, trained: TrainedModelSpec): State {
  const { name } = trained.model;
  const { search, shares } = trained;
  const state = trainingState(name);
  const options = search === undefined ? trained.options : jsonata('$best.options');
  const beside = {
    ...(search !== undefined && {
      options: jsonata('$best.options'),
      tried: jsonata('$tried'),
    }),
    ...(shares !== undefined && { shares: jsonata('$shared') }),
  };
  const output = candidateOf(trained);
  const first = shares === undefined ? state : divideState(trained);
  return {
    StartAt: search === undefined ? first : searchState(trained),
    States: {
      ...(search !== undefined && searchStates(spec, trained, first)),
      ...(shares !== undefined && shareStates(spec, trained, shares, options, state)),
      ...trainingTask({
        state,
        trained,
        order: {
          ...trainingOrder(spec, trained, { options, output }),
          ...(shares !== undefined && { divided: jsonata('$divided') }),
        },
        rows: { train: '$data.train', test: '$data.test' },
        folder: output,
        success: (outcome) => ({
          model: name,
          output: jsonata(output),
          metrics: jsonata(`${outcome}.metrics`),
          ...beside,
        }),
        failure: { model: name, ...beside },
      }),
    },
  };
}
