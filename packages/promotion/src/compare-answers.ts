import type { ModelSchema, Tensor } from '@chorus/protocol';
import { isElement } from './check-answer.ts';
import {
  addClasses,
  addProbabilities,
  addRanking,
  type DecisionSums,
  type Disagreement,
  disagreementsOf,
} from './decision-sums.ts';
import { addNumber, type Divergence, divergenceOf, type NumberSums } from './number-sums.ts';
import { type ComparedOutput, comparedOutputs } from './output-kind.ts';

/** How far the answers in one output are apart as a whole, where their size may vary. */
export interface Difference {
  readonly output: string;
  readonly answers: number;
  /** Mean of |new - old| / |the longer of both|, as vectors, 0 to 2; 1 when the sizes differ. */
  readonly mean: number;
}

/** All that is seen of two versions' answers beside each other; empty where a model has no such outputs. */
export interface Compared {
  /** Of the numbers that diverge most. */
  readonly divergence: Divergence | undefined;
  readonly disagreements: readonly Disagreement[];
  readonly differences: readonly Difference[];
}

/** The answers compared so far. */
export interface Comparison {
  readonly schema: ModelSchema;
  readonly outputs: readonly ComparedOutput[];
  readonly numbers: NumberSums;
  readonly decisions: DecisionSums;
  readonly answers: Map<string, { readonly answers: number; readonly difference: number }>;
}

/** Returns a comparison of nothing yet. */
export function newComparison(schema: ModelSchema): Comparison {
  const outputs = comparedOutputs(schema);
  return { schema, outputs, numbers: new Map(), decisions: new Map(), answers: new Map() };
}

/**
 * Returns the reason for which an answer cannot be compared: an output that is missing or not of its datatype;
 * undefined when there is none. A float that is not finite is null in JSON, and can be compared.
 */
export function unusable({ outputs }: ModelSchema, answer: readonly Tensor[]): string | undefined {
  for (const { name, datatype } of outputs) {
    const data: unknown = answer.find((tensor) => tensor?.name === name)?.data;
    if (!Array.isArray(data)) return `the answer has no output ${name}`;
    if (data.some((value) => !isElement(datatype, value)))
      return `the output ${name} is not of ${datatype === 'BYTES' ? 'texts' : 'finite numbers'}`;
  }
  return undefined;
}

/**
 * Adds two usable answers to the same request.
 *
 * @returns why they cannot be compared; undefined when they were
 */
export function compare(
  comparison: Comparison,
  older: readonly Tensor[],
  newer: readonly Tensor[],
): string | undefined {
  for (const output of comparison.outputs) {
    const problem = compareOutput(comparison, output, older, newer);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Elements as they came: a float that is not finite is null. */
const elementsOf = (answer: readonly Tensor[], name: string): readonly unknown[] =>
  answer.find((tensor) => tensor.name === name)?.data ?? [];

const numberOf = (value: unknown): number => (value === null ? Number.NaN : Number(value));

function compareOutput(
  { numbers, decisions, answers }: Comparison,
  output: ComparedOutput,
  older: readonly Tensor[],
  newer: readonly Tensor[],
): string | undefined {
  const { name, kind } = output;
  const [before, after] = [elementsOf(older, name), elementsOf(newer, name)];
  if (kind === 'ranking') {
    const scores = [older, newer].map((answer) => elementsOf(answer, output.scores).map(numberOf));
    const rows = older.find((tensor) => tensor.name === name)?.shape[0] ?? 1;
    const [scoresBefore = [], scoresAfter = []] = scores;
    return addRanking(decisions, name, rows, [before, scoresBefore], [after, scoresAfter]);
  }
  const mayVary = kind === 'answers' || (kind === 'classes' && output.isOpen);
  if (before.length !== after.length && !mayVary)
    return `the output ${name} has ${before.length} values of the old version and ${after.length} of the new`;
  if (kind === 'classes') {
    addClasses(decisions, name, before, after);
    return undefined;
  }
  const [old, next] = [before.map(numberOf), after.map(numberOf)];
  if (old.length === next.length && next.some((value, index) => isInOne(old[index], value)))
    return `the output ${name} is finite in one of the two versions only`;
  if (kind === 'answers') addAnswer(answers, name, old, next);
  else if (kind === 'probabilities') addProbabilities(decisions, name, output.width, old, next);
  else addNumbers(numbers, name, output.width, old, next);
  return undefined;
}

const isInOne = (before: number | undefined, after: number): boolean =>
  Number.isFinite(before) !== Number.isFinite(after);

function addNumbers(
  numbers: NumberSums,
  name: string,
  width: number,
  before: readonly number[],
  after: readonly number[],
): void {
  for (const [index, value] of before.entries()) {
    const key = width === 1 ? name : `${name}[${index % width}]`;
    if (Number.isFinite(value)) addNumber(numbers, key, value, after[index] ?? value);
  }
}

const lengthOf = (vector: readonly number[]): number =>
  Math.sqrt(vector.reduce((sum, value) => sum + (Number.isFinite(value) ? value * value : 0), 0));

function addAnswer(
  sums: Comparison['answers'],
  name: string,
  before: readonly number[],
  after: readonly number[],
): void {
  const { answers, difference } = sums.get(name) ?? { answers: 0, difference: 0 };
  const longer = Math.max(lengthOf(before), lengthOf(after)) || 1;
  const apart = lengthOf(after.map((value, index) => value - (before[index] ?? value))) / longer;
  const added = before.length === after.length ? apart : 1;
  sums.set(name, { answers: answers + 1, difference: difference + added });
}

/** Sums up what was compared. */
export function comparedSoFar({ numbers, decisions, answers }: Comparison): Compared {
  return {
    divergence: divergenceOf(numbers),
    disagreements: disagreementsOf(decisions),
    differences: [...answers].map(([output, { answers: count, difference }]) => ({
      output,
      answers: count,
      mean: difference / count,
    })),
  };
}
