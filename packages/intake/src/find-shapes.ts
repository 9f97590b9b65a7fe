import type { TensorSpec } from '@chorus/protocol';
import { ProbeError } from './errors.ts';
import { twice } from './given-rows.ts';
import type { Port } from './ports.ts';
import type { Probe } from './probe.ts';
import type { ProbeTensor } from './probe-messages.ts';
import {
  isFree,
  type KnownTexts,
  makeRows,
  type Rows,
  rowNames,
  type Sizes,
  sizesToTry,
  twiceAsLong,
  withRows,
} from './rows.ts';

/** The tensors of a model, with shapes read from its answers. */
export interface FoundShapes {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** A row that was answered. */
  readonly example: readonly ProbeTensor[];
  readonly answer: readonly ProbeTensor[];
  /** For people. */
  readonly notes: readonly string[];
}

/** Tensors that the model has answered. */
interface Trial {
  readonly example: readonly ProbeTensor[];
  readonly answer: readonly ProbeTensor[];
  /** The same with twice the rows, in the ways that they may be made. */
  readonly two: readonly (readonly ProbeTensor[])[];
  /** The same where what is open besides the rows is twice as large; undefined if nothing is. */
  readonly longer: readonly ProbeTensor[] | undefined;
  /** Others of the same shapes, for an answer without a number. */
  readonly other: readonly ProbeTensor[] | undefined;
}

const remedy =
  'give it rows that it answers, with what Python answers to them: --samples rows.json';

/** Asks the model for what a person gave. @throws {ProbeError} if it does not answer */
async function answerOf(
  probe: Probe,
  inputs: readonly Port[],
  outputs: readonly Port[],
  example: readonly ProbeTensor[],
): Promise<Trial> {
  const answer = await probe.run(example, outputs).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProbeError(`The model opens, but it does not answer its samples: ${why}`, { cause });
  });
  const withRows = inputs.filter(hasRows).map(({ name }) => name);
  const two = [twice(example, (name) => withRows.includes(name))];
  return { example, answer, two, longer: undefined, other: undefined };
}

/** Finds sizes and values that the model answers. @throws {ProbeError} with the first reason, if there are none */
async function firstAnswer(
  probe: Probe,
  inputs: readonly Port[],
  outputs: readonly Port[],
  texts: KnownTexts,
): Promise<Trial> {
  let reason: unknown;
  // Zeros first: what counts from 1, or divides by what it is given, answers ones.
  for (const first of [0, 1]) {
    for (const { rank, sizes } of sizesToTry(inputs)) {
      const make = (of: Sizes, more: Partial<Rows> = {}) =>
        makeRows(inputs, rank, of, { first, texts, ...more });
      const example = make(sizes);
      try {
        const answer = await probe.run(example, outputs);
        const two = withRows(sizes, 2);
        return {
          example,
          answer,
          // A row of ones may be one that the model has no answer for.
          two: [
            make(two),
            make(two, { alike: true }),
            // The state of a recurrent network has its rows there.
            ...(sizes.inner === 1 ? [make({ ...two, inner: 2 })] : []),
          ],
          longer: isFree(inputs) ? make(twiceAsLong(sizes)) : undefined,
          other: make(sizes, { first: 1 - first }),
        };
      } catch (error) {
        if (!probe.isOpen()) throw error;
        reason ??= error;
      }
    }
  }
  const why = reason instanceof Error ? reason.message : String(reason);
  throw new ProbeError(
    `The model opens, but it answers neither a row of zeros nor one of ones: ${why}. Remedy: ${remedy}`,
    { cause: reason },
  );
}

/** Zeros and ones, unless the rows that are given say more: the rank of what has no shape, or values that are answered. */
async function firstTrial(
  probe: Probe,
  inputs: readonly Port[],
  outputs: readonly Port[],
  texts: KnownTexts,
  given: readonly ProbeTensor[] | undefined,
): Promise<Trial> {
  if (given === undefined) return firstAnswer(probe, inputs, outputs, texts);
  if (inputs.some(({ dimensions }) => dimensions === undefined))
    return answerOf(probe, inputs, outputs, given);
  return firstAnswer(probe, inputs, outputs, texts).catch((error: unknown) => {
    if (probe.isOpen()) return answerOf(probe, inputs, outputs, given);
    throw error;
  });
}

const isOpenIn = ({ dimensions }: Port, axis: number): boolean =>
  dimensions === undefined || typeof dimensions[axis] === 'string';

/** The rows of an input may vary. */
const hasRows = (port: Port): boolean => isOpenIn(port, 0);

function inputSpec(port: Port, { example }: Trial, isBatched: boolean): TensorSpec {
  const seen = example.find(({ name }) => name === port.name)?.shape ?? [];
  const shape = seen.map((size, axis) => {
    if (!isOpenIn(port, axis)) return size;
    return axis === 0 && !isBatched ? size : -1;
  });
  return { name: port.name, datatype: port.datatype, shape };
}

/** An output's dimension is open if the graph says so or it was seen to follow the rows. */
function outputSpec(
  port: Port,
  one: ProbeTensor,
  two: ProbeTensor | undefined,
  longer: ProbeTensor | undefined,
  keepsRows: boolean,
): TensorSpec {
  const shape = one.shape.map((size, axis) => {
    // None of them may be what this answer happened to find.
    if (size === 0) return -1;
    if ([two, longer].some((each) => each !== undefined && each.shape[axis] !== size)) return -1;
    // A probe of one row says nothing about what the graph leaves open but for the rows, which it keeps.
    const isOpen = port.dimensions?.length === one.shape.length && isOpenIn(port, axis);
    return isOpen && (axis > 0 || two !== undefined || !keepsRows) ? -1 : size;
  });
  return { name: port.name, datatype: port.datatype, shape };
}

/** Tells whether an output of an answer has only NaN and infinities where it should have numbers. */
function hasNoNumber(answer: readonly ProbeTensor[]): boolean {
  const floats = answer.filter(
    ({ datatype, data }) => datatype.startsWith('FP') && data.length > 0,
  );
  return floats.some(({ data }) => !data.some(Number.isFinite));
}

/**
 * Asks a model for one row of zeros and for two rows, and reads from its answers what shapes it takes and gives:
 * exporters often declare others.
 *
 * @param given rows that the model answers, where it does not answer zeros
 * @throws {ProbeError} if it does not answer, or answers NaN or infinities whatever it is asked
 */
export async function findShapes(
  probe: Probe,
  inputs: readonly Port[],
  outputs: readonly Port[],
  texts: KnownTexts,
  given?: readonly ProbeTensor[],
): Promise<FoundShapes> {
  const trial = await firstTrial(probe, inputs, outputs, texts, given);
  const notes: string[] = [];
  const ask = async (tensors: readonly ProbeTensor[] | undefined) => {
    try {
      return tensors && (await probe.run(tensors, outputs));
    } catch (error) {
      if (probe.isOpen()) return undefined;
      throw error;
    }
  };
  const isOfRows = inputs.some(hasRows);
  let two: readonly ProbeTensor[] | undefined;
  for (const rows of isOfRows ? trial.two : []) two ??= await ask(rows);
  if (isOfRows && two === undefined)
    notes.push('takes one row at a time: two rows fail inside the graph');
  const names = new Set(rowNames(inputs));
  if (two !== undefined && names.size > 1)
    notes.push(
      `takes as many of ${[...names].join(' as of ')}: the first dimensions of inputs are the rows of a request`,
    );
  // An output may follow a dimension that the inputs leave open besides the rows.
  const longer = await ask(trial.longer);
  let { example, answer } = trial;
  for (const other of [trial.other, given]) {
    if (other === undefined || !hasNoNumber(answer)) continue;
    const second = await ask(other);
    if (second !== undefined) [example, answer] = [other, second];
  }
  if (hasNoNumber(answer))
    throw new ProbeError(
      `The model answers only NaN or infinities, to a row of zeros and to a row of ones: check the export, or ${remedy}`,
    );
  return {
    inputs: inputs.map((port) => inputSpec(port, trial, two !== undefined)),
    outputs: outputs.flatMap((port) => {
      const one = trial.answer.find(({ name }) => name === port.name);
      const of = (answer: readonly ProbeTensor[] | undefined) =>
        answer?.find(({ name }) => name === port.name);
      return one === undefined ? [] : [outputSpec(port, one, of(two), of(longer), isOfRows)];
    }),
    example,
    answer,
    notes,
  };
}
