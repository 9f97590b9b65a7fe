import { jobStates } from '../jobs/job-states.ts';
import { jsonata } from '../jsonata.ts';
import type { State, States } from '../outcome.ts';
import { trainingBucket } from './names.ts';
import { train } from './pipeline-functions.ts';
import type { TrainedModelSpec } from './pipeline-spec.ts';
import { askStep, causeOfFailure, payload } from './pipeline-step.ts';

/** One training, of a whole model or not, and what follows it. */
interface TrainingTask {
  /** The name of its first state; the others begin with it. */
  readonly state: string;
  readonly trained: TrainedModelSpec;
  /** What is to be done: JSON, or JSONata that gives it. */
  readonly order: State | string;
  /** JSONata that gives the keys of its rows. */
  readonly rows: { readonly train: string; readonly test: string };
  /** JSONata that gives the start of the keys of a job's order and outcome; it ends in a slash. */
  readonly folder: string;
  /** The output after a success, by JSONata of what the training answered. */
  success(outcome: string): State;
  /** The members of the output after a failure, beside `error` and `cause`. */
  readonly failure: State;
}

/** Returns the states that have a function or a job do a training, and end. */
export function trainingTask(task: TrainingTask): States {
  const { state, trained, order, rows, folder, success, failure } = task;
  if (trained.job !== undefined) {
    const { sageMaker, timeoutSeconds, spot } = trained.job;
    return jobStates({
      state,
      job: trained.job.name,
      bucket: trainingBucket,
      folder,
      variable: 'TRAINING_JOB',
      ...(sageMaker && {
        sageMaker: {
          spec: sageMaker,
          timeoutSeconds,
          ...(spot !== undefined && { spot }),
          channels: rows,
        },
      }),
      order,
      success: { Output: success('$jobOutcome'), End: true },
      failure: {
        Output: {
          ...failure,
          error: jsonata('$jobFailure.error'),
          cause: jsonata('$jobFailure.message'),
        },
        End: true,
      },
    });
  }
  return {
    [state]: {
      ...askStep(train, order),
      Catch: caught(failure, `${state} failed`),
      Output: success(payload),
      End: true,
    },
    [`${state} failed`]: { Type: 'Pass', End: true },
  };
}

/** Returns what turns a failure into an output, which goes to a state. */
export function caught(failure: State, next: string): readonly State[] {
  return [
    {
      ErrorEquals: ['States.ALL'],
      Output: { ...failure, error: jsonata('$states.errorOutput.Error'), cause: causeOfFailure },
      Next: next,
    },
  ];
}
