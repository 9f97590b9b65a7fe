import { jsonata } from '../jsonata.ts';
import type { State, States } from '../outcome.ts';
import { trainingsAtOnce } from './pipeline-functions.ts';
import type { PipelineSpec, TrainedModelSpec } from './pipeline-spec.ts';
import { caught, trainingTask } from './training-task.ts';

/** Most jobs of a model that run at the same time. */
const jobsAtOnce = 20;

/** Returns how many trainings of a model run at once: those of all models together are as many as the function may do. */
function atOnce({ train }: PipelineSpec, { job }: TrainedModelSpec): number {
  if (job !== undefined) return jobsAtOnce;
  const ofFunction = train.filter((each) => each.job === undefined);
  const several = ofFunction.filter(
    ({ search, shares }) => search !== undefined || shares !== undefined,
  ).length;
  const left = trainingsAtOnce - (ofFunction.length - several);
  return Math.max(1, Math.floor(left / several));
}

/** Several trainings of one model. */
interface TrainingMap {
  readonly state: string;
  /** The name of the state that does one of them. */
  readonly child: string;
  readonly spec: PipelineSpec;
  readonly trained: TrainedModelSpec;
  readonly items: readonly unknown[];
  /** The order of an item, which is `$states.context.Map.Item` in JSONata; its `output` is of this item alone. */
  readonly order: State;
  /** What is kept of each, by JSONata of what the training answered and of its order. */
  success(outcome: string, order: string): State;
  readonly failure: State;
  /** The variable that the outputs of all of them are put into. */
  readonly variable: string;
  readonly next: string;
}

/** In a child, the order is the input of its execution: children of a distributed Map see no variables. */
const ownOrder = '$states.context.Execution.Input';

/**
 * Returns the states that do several trainings of one model at the same time, each as an execution of its own. One that fails is an
 * output with its error; what fails as a whole ends the branch.
 */
export function trainingMap(map: TrainingMap): States {
  const { state, child, spec, trained, items, order, success, failure, variable, next } = map;
  const failed = `${state} failed`;
  return {
    [state]: {
      Type: 'Map',
      Items: items,
      ItemSelector: order,
      MaxConcurrency: atOnce(spec, trained),
      ItemProcessor: {
        // An Express one has five minutes, and waits for no job.
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: child,
        States: trainingTask({
          state: child,
          trained,
          order: jsonata(ownOrder),
          rows: { train: `${ownOrder}.data.train`, test: `${ownOrder}.data.test` },
          folder: `${ownOrder}.output`,
          success: (outcome) => success(outcome, ownOrder),
          failure,
        }),
      },
      Assign: { [variable]: jsonata('$states.result') },
      Catch: caught({ model: trained.model.name }, failed),
      Output: {},
      Next: next,
    },
    [failed]: { Type: 'Pass', End: true },
  };
}
