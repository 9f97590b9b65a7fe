import type { ModelSchema, TensorSpec } from '@chorus/protocol';

/** An output, and how the answers of two versions are compared in it. */
export type ComparedOutput = {
  readonly name: string;
  readonly datatype: TensorSpec['datatype'];
} & (
  | {
      /** Classes: equal or not. One whose size may vary is as unequal as can be when it does. */
      readonly kind: 'classes';
      readonly isOpen: boolean;
    }
  /** Probabilities of classes: one row has `width` of them. */
  | { readonly kind: 'probabilities'; readonly width: number }
  /** Texts, each with its probability in the output `scores`, in any order. */
  | { readonly kind: 'ranking'; readonly scores: string }
  /** Numbers by their spread, each of `width` columns by its own. */
  | { readonly kind: 'numbers'; readonly width: number }
  /** Numbers whose count may vary: by answers as a whole. */
  | { readonly kind: 'answers' }
);

/** A wider table is one lot of numbers, such as an embedding. */
const mostColumns = 64;

const isFloat = ({ datatype }: TensorSpec): boolean => datatype.startsWith('FP');
const hasProbabilities = (output: TensorSpec): boolean =>
  output.labels !== undefined && isFloat(output);
/** Names that exporters give to an output of class numbers: `output_label`, `class_id`. */
const classLike = /label|class|cluster/i;

/** Returns the one output of numbers that has the shape of an output of several texts a row. */
function scoresOf(texts: TensorSpec, outputs: readonly TensorSpec[]): TensorSpec | undefined {
  if (texts.datatype !== 'BYTES' || texts.shape.length < 2) return undefined;
  const twins = outputs.filter(
    (each) => isFloat(each) && !hasProbabilities(each) && `${each.shape}` === `${texts.shape}`,
  );
  return twins.length === 1 ? twins[0] : undefined;
}

function comparedOutput(output: TensorSpec, outputs: readonly TensorSpec[]): ComparedOutput {
  const { name, datatype, shape, labels = [] } = output;
  const scores = scoresOf(output, outputs);
  if (scores !== undefined) return { name, datatype, kind: 'ranking', scores: scores.name };
  if (hasProbabilities(output))
    return { name, datatype, kind: 'probabilities', width: labels.length };
  // Dimensions after the first do not follow from the number of rows.
  const isOpen = shape.slice(1).includes(-1);
  const isClass =
    datatype === 'BYTES' ||
    datatype === 'BOOL' ||
    (!isFloat(output) && (classLike.test(name) || outputs.some(hasProbabilities)));
  if (isClass) return { name, datatype, kind: 'classes', isOpen };
  if (isOpen) return { name, datatype, kind: 'answers' };
  const [, columns = 1, ...more] = shape;
  const width = more.length === 0 && columns <= mostColumns ? columns : 1;
  return { name, datatype, kind: 'numbers', width };
}

/** Returns how each output of a model is compared. The scores of a ranking are compared with its texts. */
export function comparedOutputs({ outputs }: ModelSchema): readonly ComparedOutput[] {
  const compared = outputs.map((output) => comparedOutput(output, outputs));
  const scores = compared.flatMap((each) => (each.kind === 'ranking' ? [each.scores] : []));
  return compared.filter(({ name }) => !scores.includes(name));
}
