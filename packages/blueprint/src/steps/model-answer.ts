/** What is taken of a model's answer, as JSONata: the same whether it was asked by the state machine or by a message. */

import type { TensorSpec } from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import type { State } from '../outcome.ts';
import { isNumeric } from '../ports.ts';

/** An output that a model is asked for, and the name that the workflow gives it if not the same. */
export type Wanted = TensorSpec & { readonly as?: string };

/** A name as JSONata's paths take it. */
export const quoted = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;

/**
 * JSONata that is true for a tensor, at `at`, that has as many elements as were asked for and of the right kind. Floats that
 * are not finite are null in JSON, and what comes after needs numbers.
 */
function isWhole({ datatype, shape }: TensorSpec, at: string, rows: string): string {
  const [first = 1, ...others] = shape;
  const batch = first < 0 ? rows : String(first);
  const perRow = others.reduce((product, size) => product * size, 1);
  const count = others.some((size) => size < 0)
    ? `${at}.shape[0] = ${batch}`
    : `$count(${at}.data) = ${perRow === 1 ? batch : `${perRow} * ${batch}`}`;
  const kind = isNumeric(datatype) ? 'number' : datatype === 'BOOL' ? 'boolean' : 'string';
  const finite = datatype.startsWith('FP') ? ` and $not(null in ${at}.data)` : '';
  return `${count} and $type(${at}.data[0]) = "${kind}"${finite}`;
}

/** JSONata of where an output stands in the answer at `payload`. */
const placeOf = (payload: string, outputs: readonly TensorSpec[], { name }: TensorSpec): string =>
  outputs.length === 1 ? `${payload}.outputs[0]` : `${payload}.outputs[name = "${name}"]`;

/** Reads an output from the answer. One with another number of rows than was asked is no answer: `unexpected` catches it. */
export function wholeOutput(
  payload: string,
  outputs: readonly TensorSpec[],
  output: TensorSpec,
  rows: string,
): string {
  const at = placeOf(payload, outputs, output);
  return jsonata(`${isWhole(output, at, rows)} ? ${at} : $error("unexpected")`);
}

/** Returns JSONata of a text that describes the answer a model has to give. */
export function expectation(outputs: readonly TensorSpec[], rows: string): string {
  const shown = outputs
    .map(({ name, datatype, shape }) => {
      const sizes = shape.map((size, axis) => (axis === 0 && size < 0 ? `" & ${rows} & "` : size));
      return `${name} ${datatype} [${sizes.join(',')}]`;
    })
    .join(', ');
  return `"it answered something else than ${shown}"`;
}

/** What a model that answered says of itself, as a template. */
export const servedTemplate = (payload: string, attempts: string): State => ({
  version: jsonata(`${payload}.model_version`),
  durationMs: jsonata(`${payload}.parameters.chorus_duration_ms`),
  coldStart: jsonata(`${payload}.parameters.chorus_cold_start`),
  attempts: jsonata(attempts),
});

/** The same as JSONata. */
export const servedBy = (payload: string, attempts: string): string => `{
  "version": ${payload}.model_version,
  "durationMs": ${payload}.parameters.chorus_duration_ms,
  "coldStart": ${payload}.parameters.chorus_cold_start,
  "attempts": ${attempts}
}`;

/**
 * JSONata of a step's outcome (see `Step`), made of what became of a question that was asked by a message: `{payload, attempts}`, or
 * `{error, message}`.
 *
 * @param answer JSONata of it
 * @param rows JSONata of how many rows were asked about
 */
export function outcomeOfAnswer(
  name: string,
  outputs: readonly Wanted[],
  answer: string,
  rows: string,
): string {
  const payload = '$answer.payload';
  const whole = outputs.map(
    (output) => `(${isWhole(output, placeOf(payload, outputs, output), rows)})`,
  );
  const taken = outputs.map(
    (output) => `"${output.as ?? output.name}": ${placeOf(payload, outputs, output)}`,
  );
  const failed = (error: string, message: string) =>
    `{ "models": {}, "failed": { "${name}": { "error": ${error}, "message": ${message} } } }`;
  return `(
    $answer := ${answer};
    $exists($answer.error) ? ${failed('$answer.error', '$answer.message')}
    : ${whole.join(' and ')} ? {
      "outputs": { ${taken.join(', ')} },
      "models": { "${name}": ${servedBy(payload, '$answer.attempts')} },
      "failed": {}
    }
    : ${failed('"UnexpectedAnswerError"', expectation(outputs, rows))}
  )`;
}
