import type { Checkpoints } from '@chorus/training';
import { MissingDataError } from './errors.ts';
import type { Objects } from './objects.ts';
import type { TrainingJob } from './training-job.ts';

/** Returns the start of the keys of a job's checkpoints. */
export const checkpointsOf = ({
  output,
  checkpoints = `${output}checkpoints/`,
}: Pick<TrainingJob, 'output' | 'checkpoints'>): string => checkpoints;

/** Keeps what a training has done as objects beneath a prefix, for the next attempt of the same job to go on from. */
export function bucketCheckpoints(objects: Objects, prefix: string): Checkpoints {
  return {
    read: async (name) => {
      try {
        return await objects.readBytes(`${prefix}${name}`);
      } catch (error) {
        if (error instanceof MissingDataError) return undefined;
        throw error;
      }
    },
    write: (name, bytes) => objects.write(`${prefix}${name}`, bytes, 'application/octet-stream'),
  };
}
