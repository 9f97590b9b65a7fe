import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { pascalCase } from '../names.ts';
import type { State, States } from '../outcome.ts';
import type { PipelineSpec, SearchSpec, TrainedModelSpec } from './pipeline-spec.ts';
import { trainingMap } from './training-map.ts';
import { scratchOf, trainingOrder } from './training-order.ts';

/** Most combinations of a search: what is kept of all of them is in one report. */
const mostTrials = 100;

/** Returns the name of the state that tries the options of a model. */
export const searchState = ({ model }: TrainedModelSpec): string =>
  `Search ${pascalCase(model.name)}`;

/**
 * Returns every combination of a search, on top of the options that a model has anyway.
 *
 * @throws {BlueprintError} for an option without values, and for too many combinations
 */
function trialsOf(
  { model, options }: Pick<TrainedModelSpec, 'model' | 'options'>,
  search: SearchSpec,
): readonly State[] {
  const entries = Object.entries(search);
  const empty = entries.find(([, values]) => values.length === 0);
  if (entries.length === 0 || empty !== undefined)
    throw new BlueprintError(
      `the search for ${model.name} names no values${empty === undefined ? '' : ` of ${empty[0]}`}`,
    );
  const combinations = entries.reduce((product, [, values]) => product * values.length, 1);
  if (combinations > mostTrials)
    throw new BlueprintError(
      `the search for ${model.name} has ${combinations} combinations: there may be at most ${mostTrials}`,
    );
  return entries.reduce<readonly State[]>(
    (trials, [name, values]) =>
      trials.flatMap((trial) => values.map((value) => ({ ...trial, [name]: value }))),
    [options],
  );
}

/**
 * Returns the states that try the options of a model: each combination is trained on one part of the rows to learn from and judged by
 * the other. After them `$tried` holds what came of each, and `$best` the one with the smallest RMSE, the first of them where there
 * are several.
 */
export function searchStates(spec: PipelineSpec, trained: TrainedModelSpec, next: string): States {
  const { model, search = {} } = trained;
  const title = pascalCase(model.name);
  const [judge, choose, nothing] = [
    `Judge ${title}`,
    `Choose ${title}`,
    `Nothing found for ${title}`,
  ];
  const item = '$states.context.Map.Item';
  const options = (order: string) => jsonata(`${order}.recipe.options`);
  return {
    ...trainingMap({
      state: searchState(trained),
      child: `Try ${title}`,
      spec,
      trained,
      items: trialsOf(trained, search),
      order: trainingOrder(spec, trained, {
        options: jsonata(`${item}.Value`),
        rows: { train: '$data.fit', test: '$data.validation' },
        output: `${scratchOf(trained)} & "trials/" & $string(${item}.Index) & "/"`,
      }),
      success: (outcome, order) => ({
        options: options(order),
        metrics: jsonata(`${outcome}.metrics`),
      }),
      failure: { options: options('$states.context.Execution.Input') },
      variable: 'tried',
      next: judge,
    }),
    [judge]: {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$count($tried[$exists(metrics.rmse)]) > 0'), Next: choose }],
      Default: nothing,
    },
    [choose]: {
      Type: 'Pass',
      Assign: {
        best: jsonata(
          '($good := $tried[$exists(metrics.rmse)]; $least := $min($good.metrics.rmse); $good[metrics.rmse = $least][0])',
        ),
      },
      Next: next,
    },
    [nothing]: {
      Type: 'Pass',
      Output: {
        model: model.name,
        error: jsonata('$exists($tried[0].error) ? $tried[0].error : "SearchError"'),
        cause: jsonata('$exists($tried[0].cause) ? $tried[0].cause : "No trial says its RMSE"'),
      },
      End: true,
    },
  };
}
