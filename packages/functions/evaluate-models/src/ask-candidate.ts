import { smallGraphOptions, startOrt } from '@chorus/runtime/graph';
import type { Candidate } from './inputs.ts';

/** Rows that a graph is asked about at once. */
const rowsAtOnce = 10_000;

/**
 * Returns a candidate's predictions `[rows]` for row-major features.
 *
 * @throws {TypeError} if it is no graph of one FP64 table in and one FP64 number for each row out
 */
export async function askCandidate(
  { manifest, bytes }: Candidate,
  features: Float64Array,
  width: number,
): Promise<Float64Array> {
  const [input] = manifest.schema.inputs;
  const [output] = manifest.schema.outputs;
  if (input === undefined || output === undefined)
    throw new TypeError(`${manifest.name}: its manifest names no input or no output`);
  const { InferenceSession, Tensor } = await startOrt();
  const session = await InferenceSession.create(bytes, smallGraphOptions);
  try {
    const rows = features.length / width;
    const predictions = new Float64Array(rows);
    for (let first = 0; first < rows; first += rowsAtOnce) {
      const part = features.slice(first * width, (first + rowsAtOnce) * width);
      const tensor = new Tensor('float64', part, [part.length / width, width]);
      const answer = await session.run({ [input.name]: tensor });
      const data = answer[output.name]?.data;
      if (!(data instanceof Float64Array) || data.length !== part.length / width)
        throw new TypeError(`${manifest.name}: ${output.name} is not one FP64 for each row`);
      predictions.set(data, first);
    }
    return predictions;
  } finally {
    await session.release();
  }
}
