import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { pascalCase } from '../names.ts';
import type { State, States } from '../outcome.ts';
import type { PipelineSpec, SharesSpec, TrainedModelSpec } from './pipeline-spec.ts';
import { trainingMap } from './training-map.ts';
import { scratchOf, trainingOrder } from './training-order.ts';

const mostShares = 1000;

/** Returns the name of the state that decides whether a model's training is divided. */
export const divideState = ({ model }: TrainedModelSpec): string =>
  `Divide ${pascalCase(model.name)}`;

function checkShares(model: string, { of, rows }: SharesSpec): void {
  if (!Number.isInteger(of) || of < 2 || of > mostShares)
    throw new BlueprintError(
      `the training of ${model} is divided into 2 to ${mostShares} shares, not ${of}`,
    );
  if (!Number.isInteger(rows) || rows < 1)
    throw new BlueprintError(
      `the training of ${model} is divided from a whole number of rows on, not ${rows}`,
    );
}

/**
 * Returns the states that do a model's training in shares, if there are rows enough. After them `$divided` says whether it was done,
 * and `$shared` what came of each. A share that failed is no failure: whatever is missing, the training itself does.
 *
 * @throws {BlueprintError} for numbers that make no sense
 */
export function shareStates(
  spec: PipelineSpec,
  trained: TrainedModelSpec,
  shares: SharesSpec,
  options: State | string,
  next: string,
): States {
  const { name } = trained.model;
  checkShares(name, shares);
  const title = pascalCase(name);
  const share = `Share ${title}`;
  const index = '$states.context.Map.Item.Value';
  return {
    [divideState(trained)]: {
      Type: 'Choice',
      Choices: [
        {
          Condition: jsonata(`$data.trainRows >= ${shares.rows}`),
          Assign: { divided: true, shared: [] },
          Next: share,
        },
      ],
      Assign: { divided: false, shared: [] },
      Default: next,
    },
    ...trainingMap({
      state: share,
      child: `Do a share of ${title}`,
      spec,
      trained,
      items: Array.from({ length: shares.of }, (_, each) => each),
      order: {
        ...trainingOrder(spec, trained, {
          options,
          output: `${scratchOf(trained)} & "shares/" & $string(${index}) & "/"`,
        }),
        share: { index: jsonata(index), of: shares.of },
      },
      success: (outcome) => ({ parts: jsonata(`${outcome}.parts`) }),
      failure: {},
      variable: 'shared',
      next,
    }),
  };
}
