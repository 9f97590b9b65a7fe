import type { Checkpoints } from '@chorus/training';
import { MissingDataError } from './errors.ts';
import type { Objects } from './objects.ts';

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
