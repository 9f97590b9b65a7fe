import type { InferRequest, Tensor, TensorSpec } from '@chorus/protocol';
import { UnsupportedModelError } from './errors.ts';
import type { FoundShapes } from './find-shapes.ts';
import type { KnownTexts } from './rows.ts';

/** Facts about a model that its graph does not hold. */
export interface Details {
  /** Names of the columns of its one table. */
  readonly columns?: readonly string[];
  /** Names of the classes along the last dimension of its probabilities. */
  readonly labels?: readonly string[];
  /** Rows may have missing values. */
  readonly missing?: boolean;
}

interface Found extends FoundShapes {
  /** Classes that the graph names, for outputs of as many columns. */
  readonly classes: readonly string[];
  /** Classes of particular outputs. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly texts: KnownTexts;
}

const isFloat = ({ datatype }: TensorSpec): boolean => datatype.startsWith('FP');

/** @throws {UnsupportedModelError} if the columns are not those of one table */
function withColumns(
  inputs: readonly TensorSpec[],
  columns: readonly string[],
): readonly TensorSpec[] {
  const [table] = inputs;
  const width = table?.shape.length === 2 ? table.shape[1] : undefined;
  if (table === undefined || inputs.length > 1 || width === undefined)
    throw new UnsupportedModelError(
      `--columns names the columns of one table, but the model takes ${inputs.map(({ name, shape }) => `${name} [${shape}]`).join(', ')}: its inputs have names of their own, so leave --columns out`,
    );
  if (width !== -1 && width !== columns.length) {
    // The file of a training often has what the model predicts in it.
    const remedy =
      columns.length === width + 1 ? ': say which one it predicts with --target <column>' : '';
    throw new UnsupportedModelError(
      `--columns names ${columns.length} columns, but ${table.name} has ${width}${remedy}`,
    );
  }
  const named = columns.map((name) => ({ name, description: '' }));
  return [{ ...table, shape: [table.shape[0] ?? -1, columns.length], columns: named }];
}

/** @throws {UnsupportedModelError} if the labels are the graph's own classes in another order, so that answers would be swapped */
function checkOrder(own: readonly string[], labels: readonly string[]): void {
  const moved = labels.find((label, index) => own.includes(label) && own[index] !== label);
  if (own.length === labels.length && moved !== undefined)
    throw new UnsupportedModelError(
      `--labels has ${labels.join(', ')}, but the columns of the model are ${own.join(', ')}: '${moved}' would name the probability of another class. Leave --labels out`,
    );
}

/** @throws {UnsupportedModelError} if no output has as many columns as there are labels, or the labels are in another order */
function withLabels(
  outputs: readonly TensorSpec[],
  found: Found,
  labels: readonly string[] | undefined,
): readonly TensorSpec[] {
  const labelled = outputs.map((output) => {
    const named = found.labels.get(output.name) ?? found.classes;
    const own = labels ?? named;
    const isOfClasses =
      isFloat(output) && output.shape.length > 1 && output.shape.at(-1) === own.length;
    if (isOfClasses && labels !== undefined) checkOrder(named, labels);
    return isOfClasses && own.length > 1 ? { ...output, labels: own } : output;
  });
  if (labels !== undefined && !labelled.some((output) => 'labels' in output))
    throw new UnsupportedModelError(
      `--labels names ${labels.length} classes, but no output has ${labels.length} columns: ${outputs.map(({ name, shape }) => `${name} [${shape}]`).join(', ')}`,
    );
  return labelled;
}

/** Adds what people say about a model, and what its graph says besides shapes, to what was found. */
export function withDetails(
  found: Found,
  { columns, labels, missing }: Details,
): {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly notes: readonly string[];
  readonly example: InferRequest;
  readonly answer: readonly Tensor[];
} {
  const named = columns === undefined ? found.inputs : withColumns(found.inputs, columns);
  const inputs = named.map((input) =>
    missing === true && isFloat(input) ? ({ ...input, missing: true } as const) : input,
  );
  return {
    inputs,
    outputs: withLabels(found.outputs, found, labels),
    notes: found.notes,
    example: { inputs: found.example },
    answer: found.answer,
  };
}
