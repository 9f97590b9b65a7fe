import type { TensorSpec } from '@chorus/protocol';
import type { FeatureReference, Manifest } from '@chorus/registry/manifest';

/** A column, of an input or of an output, that has a reference to be counted by. */
export interface CountedColumn {
  readonly reference: FeatureReference;
  /** The tensor that it is in. */
  readonly tensor: TensorSpec;
  /** Place of its first value, and the distance to the next one, in the row-major data. */
  readonly offset: number;
  readonly width: number;
}

/** The columns of a version that are counted; the order of a line's counts. */
export interface CountedColumns {
  readonly inputs: readonly CountedColumn[];
  readonly outputs: readonly CountedColumn[];
}

const widthOf = ({ shape }: TensorSpec): number =>
  shape.length < 2 ? 1 : shape.slice(1).reduce((product, size) => product * Math.abs(size), 1);

/** The place of an input's column by its name; a tensor of one column may also go by its own name. */
function placeIn(tensor: TensorSpec, name: string): number {
  const place = tensor.columns?.findIndex((column) => column.name === name) ?? -1;
  return place === -1 && tensor.name === name && widthOf(tensor) === 1 ? 0 : place;
}

/**
 * Returns the columns of a version that are counted, in the order of its references. A reference that fits no column is left
 * out; a version without references has none.
 */
export function countedColumns({
  schema,
  training,
}: Pick<Manifest, 'schema' | 'training'>): CountedColumns {
  const inputs = (training?.reference ?? []).flatMap((reference) =>
    schema.inputs
      .map((tensor) => ({ tensor, offset: placeIn(tensor, reference.name) }))
      .filter(({ offset }) => offset >= 0)
      .slice(0, 1)
      .map(({ tensor, offset }) => ({ reference, tensor, offset, width: widthOf(tensor) })),
  );
  const outputs = (training?.outputReference ?? []).flatMap((reference) =>
    schema.outputs
      .filter(({ name }) => name === reference.name)
      .map((tensor) => ({ reference, tensor, offset: 0, width: widthOf(tensor) })),
  );
  return { inputs, outputs };
}

/** Returns the number of bins that values of a column may be in. */
export function binsOf({ reference }: Pick<CountedColumn, 'reference'>): number {
  return 'categories' in reference ? reference.categories.length : reference.edges.length + 1;
}
