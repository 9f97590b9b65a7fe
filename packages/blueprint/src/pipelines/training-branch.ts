import { jobStates } from '../jobs/job-states.ts';
import { jsonata } from '../jsonata.ts';
import type { State } from '../outcome.ts';
import { trainingBucket, trainingState } from './names.ts';
import { train } from './pipeline-functions.ts';
import { columnsOf, split } from './pipeline-rows.ts';
import type { PipelineSpec, TrainedModelSpec } from './pipeline-spec.ts';
import { askStep, causeOfFailure, payload } from './pipeline-step.ts';

/** Trains a model as a job, with what a function would be asked. */
function jobBranch(model: string, job: string, folder: string, order: State): State {
  const state = trainingState(model);
  return {
    StartAt: state,
    States: jobStates({
      state,
      job,
      bucket: trainingBucket,
      folder,
      variable: 'TRAINING_JOB',
      order,
      success: {
        Output: { model, output: jsonata(folder), metrics: jsonata('$jobOutcome.metrics') },
        End: true,
      },
      failure: {
        Output: {
          model,
          error: jsonata('$jobFailure.error'),
          cause: jsonata('$jobFailure.message'),
        },
        End: true,
      },
    }),
  };
}

/** Returns the branch that trains one model: its output is `{model, output, metrics}`, or `{model, error, cause}` of a training that failed. */
export function trainingBranch(spec: PipelineSpec, trained: TrainedModelSpec): State {
  const { model, schema, trainer, options, seed } = trained;
  const folder = `$run.output & "candidates/${model.name}/"`;
  const output = jsonata(folder);
  const order = {
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
      split,
      train: jsonata('$data.train'),
      test: jsonata('$data.test'),
    },
    output,
    execution: jsonata('$run.execution'),
  };
  if (trained.job !== undefined) return jobBranch(model.name, trained.job.name, folder, order);
  const state = trainingState(model.name);
  return {
    StartAt: state,
    States: {
      [state]: {
        ...askStep(train, order),
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: {
              model: model.name,
              error: jsonata('$states.errorOutput.Error'),
              cause: causeOfFailure,
            },
            Next: `${state} failed`,
          },
        ],
        Output: { model: model.name, output, metrics: jsonata(`${payload}.metrics`) },
        End: true,
      },
      [`${state} failed`]: { Type: 'Pass', End: true },
    },
  };
}
