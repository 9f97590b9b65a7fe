/** How the answers of a new workflow's models can be combined, and which of their outputs that takes. */

import type { TensorSpec } from '@chorus/protocol';
import { UsageError } from './errors.ts';
import { program } from './program.ts';

/** A model's outputs. */
interface Giver {
  readonly name: string;
  readonly outputs: readonly TensorSpec[];
}

/** The output of each model that is combined. */
interface Picked {
  /** Its name in the workflow. */
  readonly name: string;
  readonly outputs: readonly TensorSpec[];
  readonly classes: readonly string[];
}

/** A way to combine answers: an answer of the blueprint. */
export type Combination = 'mean' | 'median' | 'weighted' | 'softVote' | 'majority' | 'first';

interface Kind {
  /** For people. */
  readonly title: string;
  /** Names that a prediction has besides those of the models. */
  readonly reserved: readonly string[];
  /** @throws {UsageError} naming the model that gives something else */
  readonly pick: (givers: readonly Giver[]) => Picked;
}

const isFloat = ({ datatype }: TensorSpec): boolean => datatype.startsWith('FP');
const isOnePerRow = ({ shape: [first, ...others] }: TensorSpec): boolean =>
  first === -1 && others.every((size) => size === 1);

const list = (outputs: readonly TensorSpec[]): string =>
  outputs.map(({ name, datatype, shape }) => `${name} ${datatype} [${shape}]`).join(', ');

/** The classes of a classifier; undefined for another model, or where nothing names them. */
const classesOf = ({ outputs }: Giver): readonly string[] | undefined =>
  outputs.find(({ labels }) => labels !== undefined)?.labels;

const isLabel = (output: TensorSpec): boolean => !isFloat(output) && isOnePerRow(output);

/** True for a model that gives a text, or a label beside several numbers, for each row. */
function isClassifier({ outputs }: Giver): boolean {
  const several = ({ shape }: TensorSpec): boolean => shape.length === 2 && (shape[1] ?? 0) > 1;
  return outputs.some(
    (output) =>
      output.labels !== undefined ||
      (isLabel(output) && (output.datatype === 'BYTES' || outputs.some(several))),
  );
}

/** The name that outputs have in common, else another. */
function commonName(outputs: readonly TensorSpec[], otherwise: string): string {
  const [first] = outputs;
  return first !== undefined && outputs.every(({ name }) => name === first.name)
    ? first.name
    : otherwise;
}

function numbers(givers: readonly Giver[], title: string): Picked {
  const outputs = givers.map((giver) => {
    const { name } = giver;
    if (isClassifier(giver))
      throw new UsageError(
        `${name} is a classifier (it gives ${list(giver.outputs)}), and a ${title} needs one number for each row: combine classifiers with --combine softVote or majority`,
      );
    const [found, ...others] = giver.outputs.filter(
      (output) => isFloat(output) && isOnePerRow(output),
    );
    if (found === undefined || others.length > 0)
      throw new UsageError(
        `${name} gives ${list(giver.outputs)}, and a ${title} needs exactly one number for each row: export the model with that output only, or write the workflow by hand, as packages/service/README.md says`,
      );
    return found;
  });
  return { name: commonName(outputs, 'prediction'), outputs, classes: [] };
}

/** @throws {UsageError} if two models have other classes */
function sameClasses(givers: readonly Giver[], title: string): readonly string[] {
  const named = givers.flatMap((giver) => {
    const classes = classesOf(giver);
    return classes === undefined ? [] : [{ name: giver.name, classes }];
  });
  const [first] = named;
  const other = named.find(({ classes }) => classes.join('\n') !== first?.classes.join('\n'));
  if (first === undefined || other === undefined) return first?.classes ?? [];
  const isOrder = [...first.classes].sort().join('\n') === [...other.classes].sort().join('\n');
  throw new UsageError(
    `${first.name} has the classes ${first.classes.join(', ')}, but ${other.name} has ${other.classes.join(', ')}: a ${title} needs the same${isOrder ? ' in the same order' : ''}. Train both on the same labels, or leave one out`,
  );
}

function probabilities(givers: readonly Giver[], title: string): Picked {
  const outputs = givers.map(({ name, outputs: given }) => {
    const [found, ...others] = given.filter(
      (output) =>
        isFloat(output) &&
        output.labels !== undefined &&
        output.shape.length === 2 &&
        output.shape[0] === -1,
    );
    if (found !== undefined && others.length === 0) return found;
    const isUnnamed = given.some((each) => isFloat(each) && (each.shape[1] ?? 0) > 1);
    const remedy =
      found !== undefined
        ? 'export the model with one of its outputs of probabilities'
        : isUnnamed
          ? `nothing names its classes: remove it, and ${program} models add it again with --labels no,yes`
          : 'export the model with its probabilities, or use --combine mean for numbers';
    throw new UsageError(
      `${name} gives ${list(given)}, and a ${title} needs one output with the probabilities of named classes: ${remedy}`,
    );
  });
  return {
    name: commonName(outputs, 'probabilities'),
    outputs,
    classes: sameClasses(givers, title),
  };
}

function labels(givers: readonly Giver[], title: string): Picked {
  const outputs = givers.map(({ name, outputs: given }) => {
    const [found, ...others] = given.filter(isLabel);
    if (found === undefined || others.length > 0)
      throw new UsageError(
        `${name} gives ${list(given)}, and a ${title} needs exactly one label for each row: ${found === undefined ? 'combine numbers with --combine mean or median' : 'export the model with one of them'}`,
      );
    return found;
  });
  sameClasses(givers, title);
  const [first] = outputs;
  const other = outputs.findIndex(({ datatype }) => datatype !== first?.datatype);
  if (other >= 0)
    throw new UsageError(
      `${givers[0]?.name} gives ${first?.datatype} labels, but ${givers[other]?.name} gives ${outputs[other]?.datatype}: train both on the same labels, or use --combine softVote`,
    );
  return { name: commonName(outputs, 'label'), outputs, classes: [] };
}

function either(givers: readonly Giver[], title: string): Picked {
  const classifiers = givers.filter(isClassifier);
  const other = givers.find((giver) => !isClassifier(giver));
  if (classifiers.length === 0) return numbers(givers, title);
  if (other === undefined) return labels(givers, title);
  throw new UsageError(
    `${classifiers[0]?.name} is a classifier and ${other.name} is none: a ${title} needs the same of each`,
  );
}

/** The ways to combine answers, by their name on the command line. */
export const combinations: Readonly<Record<Combination, Kind>> = {
  mean: kind('mean', ['ensemble'], numbers),
  median: kind('median', ['ensemble'], numbers),
  weighted: kind('weighted mean', ['ensemble'], numbers),
  softVote: kind('soft vote', [], probabilities),
  majority: kind('majority vote', ['label'], labels),
  first: kind('first answer', [], either),
};

function kind(
  title: string,
  reserved: readonly string[],
  pick: (givers: readonly Giver[], title: string) => Picked,
): Kind {
  return { title, reserved, pick: (givers) => pick(givers, title) };
}
