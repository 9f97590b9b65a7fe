import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { TrainSettings } from './env.ts';
import { openObjects } from './objects.ts';
import { runJob, type TrainingOutcome } from './run-job.ts';
import { runShare, type ShareOutcome } from './run-share.ts';
import { parseTrainingJob } from './training-job.ts';

/** Makes the handler that runs the training job of its event, and answers with what was made. */
export function createTrainHandler(settings: TrainSettings): Handler {
  const objects = openObjects(settings);
  return async (event, { notes }): Promise<TrainingOutcome | ShareOutcome | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    const job = parseTrainingJob(event);
    notes['model'] = job.recipe.schema.name;
    const outcome = await (job.share === undefined
      ? runJob(job, objects)
      : runShare(job, job.share, objects));
    notes['rows'] = outcome.rows.train;
    return outcome;
  };
}
