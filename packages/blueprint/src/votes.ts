/** Parts shared by the answers that bring several voices together. */

import type { Tensor, TensorData, TensorSpec } from '@chorus/protocol';
import {
  type AnsweredBody,
  type AnswerTensors,
  recordOf,
  type ShownAnswer,
} from './answers/answer.ts';
import { BlueprintError } from './errors.ts';
import type { Given } from './outcome.ts';
import { isNumeric, shownPort, shownPorts } from './ports.ts';

/** One voice's output, and JSONata of its data. */
export interface Vote {
  readonly name: string;
  readonly spec: TensorSpec;
  /** JSONata of the tensor's data; nothing when the voice failed. */
  readonly data: string;
  /** JSONata that is true when the voice has answered. */
  readonly exists: string;
}

/** The port that an answer needs of each voice. */
interface Wanted {
  /** For messages. */
  readonly what: string;
  readonly fits: (spec: TensorSpec) => boolean;
}

/**
 * The output `output` of every voice.
 *
 * @param who asks for it, for the message: `mean of price`
 * @param what has to be given, for the message
 * @throws {BlueprintError} naming both sides when a voice gives something else
 */
export function votesOf(
  { voices }: Given,
  output: string,
  who: string,
  { what, fits }: Wanted,
): readonly [Vote, ...Vote[]] {
  const votes = voices.map(({ name, outputs }): Vote => {
    const found = outputs.find(({ port }) => port.name === output);
    if (found === undefined || found.port.datatype === 'JSON' || !fits(found.port)) {
      const given =
        found === undefined ? shownPorts(outputs.map(({ port }) => port)) : shownPort(found.port);
      throw new BlueprintError(`${who} needs ${what} from each, but ${name} gives ${given}`);
    }
    const at = `$states.input.${found.at}`;
    return { name, spec: found.port, data: `${at}.data`, exists: `$exists(${at})` };
  });
  const [first, ...others] = votes;
  if (first === undefined) throw new BlueprintError(`${who} needs ${what}, but nothing answers`);
  const twice = votes.find(
    ({ name }, index) => votes.findIndex((each) => each.name === name) !== index,
  );
  if (twice !== undefined)
    throw new BlueprintError(`${who} has two voices called ${twice.name}: gather them by name`);
  return [first, ...others];
}

/** One number for each row. */
export const numberPerRow: Wanted = {
  what: 'one number for each row',
  fits: ({ datatype, shape }) => isNumeric(datatype) && isOnePerRow(shape),
};

/** One label, a text or a whole number, for each row. */
export const labelPerRow: Wanted = {
  what: 'one label for each row',
  fits: ({ datatype, shape }) =>
    (datatype === 'BYTES' || datatype === 'BOOL' || /INT/.test(datatype)) && isOnePerRow(shape),
};

/** True for `[-1]`, `[1]`, and with dimensions of one behind. */
export function isOnePerRow([, ...others]: readonly number[]): boolean {
  return others.every((size) => size === 1);
}

/**
 * JSONata of one value per row, made of an array of what each voice says of it; a voice that failed says nothing.
 *
 * @param fields members of a row's object by name: JSONata in which `$` is the array of what all voices say, in their order,
 * and `$said` of those that answered
 */
export function rowByRow(
  votes: readonly Vote[],
  dataOf: (vote: Vote) => string,
  fields: readonly (readonly [string, string])[],
): string {
  const own = (name: string, value: string) => `${JSON.stringify(name)}: ${value}`;
  const whole = `[$zip(${votes.map(dataOf).join(', ')}).{
    ${[...votes.map(({ name }, index) => own(name, `$[${index}]`)), ...fields.map(([name, value]) => own(name, value.replaceAll('$said', '$')))].join(', ')}
  }]`;
  if (votes.length === 1) return whole;
  const most = `$max([${votes.map((vote) => `$count(${dataOf(vote)})`).join(', ')}])`;
  const filled = votes.map((vote) => `${vote.exists} ? ${dataOf(vote)} : $none`).join(', ');
  return `$states.input.failed = {} ? ${whole} : (
    $none := [1..${most}].(null);
    [$zip(${filled}).{
      ${[...votes.map(({ name }, index) => own(name, `$[${index}][$ != null]`)), ...fields.map(([name, value]) => own(name, value.replaceAll('$said', '$[$ != null]')))].join(', ')}
    }]
  )`;
}

/** Members of each prediction as tensors, but for those of voices that failed; undefined when one is of another type. */
export function columnTensors(
  outputs: readonly TensorSpec[],
  { predictions, failed }: AnsweredBody,
): AnswerTensors | undefined {
  const tensors = outputs
    .filter(({ name }) => !Object.hasOwn(failed, name))
    .map(({ name, datatype }): Tensor | undefined => {
      const data = predictions.map((row) => recordOf(row)[name]);
      return areOf(datatype, data) ? { name, datatype, shape: [data.length], data } : undefined;
    });
  return tensors.every((tensor) => tensor !== undefined) ? { tensors, parameters: {} } : undefined;
}

/** True for elements that a tensor of this datatype may have. */
function areOf(datatype: string, data: readonly unknown[]): data is TensorData {
  const type = isNumeric(datatype) ? 'number' : datatype === 'BOOL' ? 'boolean' : 'string';
  return data.every((value) => typeof value === type);
}

/** Members of each prediction as a table, but for those that none has. */
export function columnTable(names: readonly string[], { predictions }: AnsweredBody): ShownAnswer {
  const shown = names.filter((name) =>
    predictions.some((row) => recordOf(row)[name] !== undefined),
  );
  const rows = predictions.map((row, index) => [
    String(index + 1),
    ...shown.map((name) => cellOf(recordOf(row)[name])),
  ]);
  return { lines: [], header: ['row', ...shown], rows };
}

/** A value as a table shows it. */
export function cellOf(value: unknown): string | number | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
