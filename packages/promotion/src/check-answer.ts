import type { TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { unpackOutputs } from './packed-event.ts';
import type { TrialRequest } from './trial-request.ts';

/** An output as it came; nothing of it is known yet. */
interface Output {
  readonly name?: unknown;
  readonly datatype?: unknown;
  readonly shape?: unknown;
  readonly data?: unknown;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    // Said by the caller, with what came instead.
    return undefined;
  }
}

/**
 * Returns the fault of an answer, undefined when there is none. The answer has to be of this version, with every
 * output that the manifest promises, its datatype and shape, and a row for every row. A logarithm may be infinite for one
 * row, but an output without a single finite number is no answer.
 */
export function problemOf(
  { version, schema }: Manifest,
  { rows }: TrialRequest,
  text: string,
): string | undefined {
  const answer = parse(text);
  if (answer === undefined) return `it answered no JSON object but ${text.slice(0, 60)}`;
  if (answer['model_version'] !== version)
    return `${String(answer['model_version'] ?? 'something else')} answered`;
  const outputs = answer['outputs'];
  const found = (
    Array.isArray(outputs) ? unpackOutputs(outputs) : []
  ) as readonly (Output | null)[];
  for (const spec of schema.outputs) {
    const output = found.find((each) => each?.name === spec.name) ?? undefined;
    const problem =
      output === undefined ? `it answered without ${spec.name}` : outputProblem(spec, output, rows);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function outputProblem(
  { name, datatype, shape }: TensorSpec,
  output: Output,
  rows: number | undefined,
): string | undefined {
  if (output.datatype !== datatype)
    return `its output ${name} is ${output.datatype}, not ${datatype}`;
  const wanted = shape.map((size, axis) => (axis === 0 && size === -1 ? (rows ?? -1) : size));
  const sizes = isShape(output.shape) ? output.shape : undefined;
  if (sizes === undefined || !fits(sizes, wanted)) {
    const asked = rows === undefined ? '' : ` for ${rows} rows`;
    return `its output ${name} has the shape ${JSON.stringify(output.shape)}, not ${JSON.stringify(wanted)}${asked}`;
  }
  const values: readonly unknown[] = Array.isArray(output.data) ? output.data : [];
  const count = sizes.reduce((product, size) => product * size, 1);
  if (values.length !== count)
    return `its output ${name} has ${values.length} values, not ${count}`;
  if (datatype.startsWith('FP') && values.length > 0 && !values.some(Number.isFinite))
    return `its output ${name} has no finite number`;
  const wrong = values.find((value) => !isElement(datatype, value));
  return wrong === undefined
    ? undefined
    : `its output ${name} has the value ${JSON.stringify(wrong)}`;
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function fits(sizes: readonly number[], wanted: readonly number[]): boolean {
  return (
    sizes.length === wanted.length &&
    wanted.every((size, axis) => size === -1 || size === sizes[axis])
  );
}

/** Tells whether a value can be an element of a tensor; NaN and infinities of floats are null in JSON. */
export function isElement(datatype: TensorSpec['datatype'], value: unknown): boolean {
  if (datatype === 'BYTES') return typeof value === 'string';
  if (datatype === 'BOOL') return typeof value === 'boolean';
  if (datatype.startsWith('FP')) return typeof value === 'number' || value === null;
  return Number.isFinite(value) || typeof value === 'bigint';
}
