import { isExpress } from '../serve-workflows.ts';
import type { BucketSpec, MachineSpec, WorkflowSpec } from '../types.ts';
import { batchMachine } from './batch-machine.ts';
import { batchesBucket } from './names.ts';

/** What asking workflows about the rows of a file is made of. */
export interface Batches {
  readonly machines: readonly MachineSpec[];
  readonly buckets: readonly BucketSpec[];
}

/**
 * Returns all that is needed to ask workflows about the rows of a file: a state machine for each that answers and is asked about
 * rows, and the bucket of their files.
 *
 * @param served the workflows that are served; the others have no part in it
 */
export function batches(served: readonly WorkflowSpec[]): Batches {
  const machines = served.filter(isExpress).flatMap((workflow) => {
    const { csv } = workflow.request;
    return csv === undefined ? [] : [batchMachine(workflow, csv)];
  });
  return {
    machines,
    buckets:
      machines.length === 0
        ? []
        : [
            {
              name: batchesBucket,
              purpose: 'files of rows that workflows are asked about, and their answers',
            },
          ],
  };
}
