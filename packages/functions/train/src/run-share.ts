import { resolveOptions, TrainingError, trainerNamed } from '@chorus/training';
import { bucketCheckpoints, checkpointsOf } from './bucket-checkpoints.ts';
import type { Objects } from './objects.ts';
import { withRows } from './rows-of-job.ts';
import type { TrainingJob, TrainingShare } from './training-job.ts';

/** The result of a share of a job. */
export interface ShareOutcome {
  readonly model: string;
  /** Parts of the work, such as trees: from `first` up to, not including, `end`, of so many. */
  readonly parts: { readonly first: number; readonly end: number; readonly of: number };
  readonly rows: { readonly train: number };
}

/**
 * Does one share of a job's training, and leaves it where the job itself, run when all shares are done, finds it: that
 * then makes the model which it would have made by itself, byte for byte. A share may be run again: it goes on from what it
 * has left.
 *
 * @throws {MissingDataError} @throws {ParquetError} when the rows cannot be read
 * @throws {TrainingError} when they cannot be learned from, or the trainer's work cannot be divided; its kind {OptionError}
 */
export async function runShare(
  job: TrainingJob,
  { index, of }: TrainingShare,
  objects: Objects,
): Promise<ShareOutcome> {
  const { recipe, data } = job;
  const { name, options: rules, shares } = trainerNamed(recipe.trainer);
  if (shares === undefined) {
    throw new TrainingError(`The work of ${name} cannot be divided: run the job without a share`);
  }
  const options = resolveOptions(name, rules, recipe.options);
  const parts = shares.parts(options);
  const first = Math.floor((index * parts) / of);
  const end = Math.floor(((index + 1) * parts) / of);
  return withRows(recipe, objects, [data.train], async (rows) => {
    const checkpoints = bucketCheckpoints(objects, checkpointsOf(job));
    // More shares than parts leave some with nothing to do.
    if (first < end) {
      await shares.fit(rows, options, { first, end }, { seed: recipe.seed, checkpoints });
    }
    const model = recipe.schema.name;
    return { model, parts: { first, end, of: parts }, rows: { train: rows.rows } };
  });
}
