import type { TensorSpec } from '@chorus/protocol';
import { ProbeError } from './errors.ts';
import type { Port } from './ports.ts';
import type { Probe } from './probe.ts';
import type { ProbeTensor } from './probe-messages.ts';
import { isFree, type KnownTexts, makeRows, type Sizes, sizesToTry, withRows } from './rows.ts';

/** What the model takes and gives, as it was seen to. */
export interface FoundShapes {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** A row that was answered. */
  readonly example: readonly ProbeTensor[];
  readonly answer: readonly ProbeTensor[];
  /** For people. */
  readonly notes: readonly string[];
}

interface Trial {
  readonly rank: readonly string[];
  readonly sizes: Sizes;
  readonly answer: readonly ProbeTensor[];
}

/** Finds sizes that the model answers. @throws {ProbeError} with the first reason, if there are none */
async function firstAnswer(
  probe: Probe,
  inputs: readonly Port[],
  outputs: readonly Port[],
  texts: KnownTexts,
): Promise<Trial> {
  let reason: unknown;
  for (const trial of sizesToTry(inputs)) {
    try {
      const answer = await probe.run(makeRows(inputs, trial.rank, trial.sizes, { texts }), outputs);
      return { ...trial, answer };
    } catch (error) {
      if (!probe.isOpen()) throw error;
      reason ??= error;
    }
  }
  const why = reason instanceof Error ? reason.message : String(reason);
  throw new ProbeError(
    `The model opens, but it does not answer a row of zeros: ${why}. Check the export: a row of zeros, or of texts that its encoders know, has to have an answer`,
    { cause: reason },
  );
}

const isOpenIn = ({ dimensions }: Port, axis: number): boolean =>
  dimensions === undefined || typeof dimensions[axis] === 'string';

/** The rows of an input may vary. */
const hasRows = (port: Port): boolean => isOpenIn(port, 0) && port.dimensions?.length !== 0;

function inputSpec(port: Port, { rank }: Trial, isBatched: boolean): TensorSpec {
  const shape = (port.dimensions ?? rank).map((size, axis) => {
    if (typeof size === 'number') return size;
    return axis === 0 && !isBatched ? 1 : -1;
  });
  return { name: port.name, datatype: port.datatype, shape };
}

/** An output's dimension is open if the graph says so or it was seen to follow the rows. */
function outputSpec(
  port: Port,
  one: ProbeTensor,
  two: ProbeTensor | undefined,
  longer: ProbeTensor | undefined,
): TensorSpec {
  const shape = one.shape.map((size, axis) => {
    if ([two, longer].some((each) => each !== undefined && each.shape[axis] !== size)) return -1;
    // A probe of one row says nothing about what the graph leaves open but for the rows, which it keeps.
    const isOpen = port.dimensions?.length === one.shape.length && isOpenIn(port, axis);
    return isOpen && (axis > 0 || two !== undefined) ? -1 : size;
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
 * @throws {ProbeError} if it does not answer, or answers NaN or infinities whatever it is asked
 */
export async function findShapes(
  probe: Probe,
  inputs: readonly Port[],
  outputs: readonly Port[],
  texts: KnownTexts,
): Promise<FoundShapes> {
  const trial = await firstAnswer(probe, inputs, outputs, texts);
  const { rank, sizes } = trial;
  const notes: string[] = [];
  const rows = (count: number, { first = 0, rest = sizes.rest } = {}) =>
    makeRows(inputs, rank, { ...withRows(sizes, count), rest }, { first, texts });
  const ask = async (
    count: number,
    more: { readonly first?: number; readonly rest?: number } = {},
  ) => {
    try {
      return await probe.run(rows(count, more), outputs);
    } catch (error) {
      if (probe.isOpen()) return undefined;
      throw error;
    }
  };
  const two = inputs.some(hasRows) ? await ask(2) : undefined;
  if (inputs.some(hasRows) && two === undefined)
    notes.push('takes one row at a time: two rows fail inside the graph');
  // An output may follow a dimension that the inputs leave open besides the rows.
  const longer = isFree(inputs) ? await ask(1, { rest: sizes.rest * 2 }) : undefined;
  let example = { inputs: rows(1), answer: trial.answer };
  if (hasNoNumber(trial.answer)) {
    const answer = await ask(1, { first: 1 });
    if (answer === undefined || hasNoNumber(answer))
      throw new ProbeError(
        'The model answers only NaN or infinities, to a row of zeros and to a row of ones: check the export',
      );
    example = { inputs: rows(1, { first: 1 }), answer };
  }
  return {
    inputs: inputs.map((port) => inputSpec(port, trial, two !== undefined)),
    outputs: outputs.flatMap((port) => {
      const one = trial.answer.find(({ name }) => name === port.name);
      const of = (answer: readonly ProbeTensor[] | undefined) =>
        answer?.find(({ name }) => name === port.name);
      return one === undefined ? [] : [outputSpec(port, one, of(two), of(longer))];
    }),
    example: example.inputs,
    answer: example.answer,
    notes,
  };
}
