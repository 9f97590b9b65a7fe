/** The rows of a pipeline: which columns they have, and which of them are held out. */

// By itself: what this package is imported by has no use for readers of files.
import { type HoldOut, usualHoldOut } from '@chorus/data/hold-out';
import type { TensorSpec } from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';
import type { PipelineSpec } from './pipeline-spec.ts';

/** By which rows are held out, in every run: a row that was held out once is held out for good. The trainers' own rule. */
export const split: HoldOut = usualHoldOut;

/** By which of the rows to learn from options are judged. Another seed than the other, so that the share is of these rows. */
export const validation: HoldOut = { ...split, seed: 1 };

/** A column of a file, and what its values may be. */
export interface Column {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly categories?: readonly (number | string)[];
  readonly missing?: boolean;
}

/**
 * Returns the rules of the columns: of the workflow's request, else of the first model's table.
 *
 * @throws {BlueprintError} if there are none
 */
export function columnsOf({ name, workflow, train }: PipelineSpec): readonly Column[] {
  const inputs = workflow?.request.inputs ?? train[0].schema.inputs;
  const columns = inputs.flatMap(({ columns: own = [], missing }: TensorSpec) =>
    own.map(
      ({ name: column, minimum, maximum, categories }): Column => ({
        name: column,
        kind: categories === undefined ? 'number' : 'category',
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
        ...(categories !== undefined && { categories }),
        ...(missing && { missing }),
      }),
    ),
  );
  if (columns.length === 0)
    throw new BlueprintError(
      workflow === undefined
        ? `the pipeline ${name} has no workflow, and the table of ${train[0].model.name} has no columns`
        : `the pipeline ${name} trains models of ${workflow.name}, whose request has no columns`,
    );
  return columns;
}
