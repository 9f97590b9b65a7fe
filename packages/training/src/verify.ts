import { InferenceSession, Tensor } from 'onnxruntime-node';
import { declineTelemetry } from './env.ts';
import { ParityError } from './errors.ts';
import type { FittedModel, GraphPorts } from './trainer.ts';

/** Largest difference allowed, in target units; float64 graphs stay a thousand times below it. */
const parityTolerance = 1e-9;

/**
 * Beyond predictions of 50 the tolerance grows with them: what counts are the digits that agree,
 * not the unit of the target.
 */
const relativeTolerance = parityTolerance / 50;

/**
 * Runs an exported file in ONNX Runtime and compares it with the model it came from, on all the
 * given rows at once.
 *
 * @param features - row-major
 * @returns the largest absolute difference
 * @throws ParityError when a row differs by more than the tolerance, or when ONNX Runtime does not
 * load or run the file
 */
export async function verifyParity(
  bytes: Uint8Array,
  model: FittedModel,
  features: Float64Array,
  ports: GraphPorts,
): Promise<number> {
  const expected = model.predict(features);
  const actual = await runFile(bytes, features, expected.length, ports).catch((cause: unknown) => {
    throw new ParityError('ONNX Runtime does not run the exported file', { cause });
  });
  if (actual.length !== expected.length) {
    throw new ParityError(`${actual.length} predictions for ${expected.length} rows`);
  }
  const differences = expected.map((value, row) => Math.abs(value - (actual[row] ?? Number.NaN)));
  // Not "greater than": a difference of NaN has to fail.
  const row = differences.findIndex((difference, index) => {
    const size = Math.abs(expected[index] ?? Number.NaN);
    return !(difference <= Math.max(parityTolerance, size * relativeTolerance));
  });
  if (row >= 0) {
    throw new ParityError(
      `Row ${row}: ONNX Runtime answers ${actual[row]}, the trainer ${expected[row]}`,
    );
  }
  return differences.reduce((largest, difference) => Math.max(largest, difference), 0);
}

async function runFile(
  bytes: Uint8Array,
  features: Float64Array,
  rows: number,
  ports: GraphPorts,
): Promise<Float64Array> {
  declineTelemetry();
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  try {
    const input = new Tensor('float64', features, [rows, features.length / rows]);
    const data = (await session.run({ [ports.input]: input }))[ports.output]?.data;
    if (!(data instanceof Float64Array)) throw new TypeError(`${ports.output} is not float64`);
    return data;
  } finally {
    await session.release();
  }
}
