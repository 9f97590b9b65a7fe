import { jsonata } from '../jsonata.ts';
import type { State } from '../outcome.ts';
import { scratchPrefix } from './names.ts';
import { columnsOf, split } from './pipeline-rows.ts';
import type { PipelineSpec, TrainedModelSpec } from './pipeline-spec.ts';

/** JSONata that gives the start of the keys of what a model's training needs while it lasts. */
export const scratchOf = ({ model }: TrainedModelSpec): string =>
  `"${scratchPrefix}" & $run.pipeline & "/" & $run.execution & "/${model.name}/"`;

/** JSONata that gives the start of the keys of a model's candidate. */
export const candidateOf = ({ model }: TrainedModelSpec): string =>
  `$run.output & "candidates/${model.name}/"`;

/** The parts of an order that are not the same for a trial, a share and the training itself. */
interface OrderChanges {
  /** The trainer's options: JSON, or JSONata that gives it. */
  readonly options: State | string;
  /** JSONata that gives the keys of the rows to learn from and of those to judge by. @default those of the run */
  readonly rows?: { readonly train: string; readonly test: string };
  /** JSONata that gives the start of the keys of what is made. */
  readonly output: string;
}

/** Returns what a function or a job is told to train: an event of `packages/functions/train`. */
export function trainingOrder(
  spec: PipelineSpec,
  trained: TrainedModelSpec,
  { options, rows, output }: OrderChanges,
): State {
  const { schema, trainer, seed } = trained;
  return {
    recipe: {
      trainer,
      options,
      seed,
      schema,
      columns: columnsOf(spec).map(({ name }) => name),
      target: spec.target.name,
    },
    data: {
      name: jsonata('$run.key'),
      key: jsonata('$run.key'),
      sha256: jsonata('$data.sha256'),
      ...(rows === undefined && { split }),
      train: jsonata(rows?.train ?? '$data.train'),
      test: jsonata(rows?.test ?? '$data.test'),
    },
    output: jsonata(output),
    checkpoints: jsonata(`${scratchOf(trained)} & "checkpoints/"`),
    execution: jsonata('$run.execution'),
  };
}
