import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '@chorus/protocol';
import { fromOrtTensor, smallGraphOptions, startOrt, toOrtTensor } from '@chorus/runtime/graph';
import { expect, it } from 'vitest';
import { type Inspection, inspectModel } from './inspect.ts';
import { probeHere } from './testing/probe-here.ts';

/** What Python's ONNX Runtime was asked and answered; null where it answered NaN or an infinity. */
interface Recorded {
  readonly missing?: true;
  readonly inputs: readonly RecordedTensor[];
  readonly outputs: readonly (RecordedTensor & { readonly labels?: readonly string[] })[];
}

interface RecordedTensor extends Omit<Tensor, 'data'> {
  readonly data: readonly (number | string | boolean | null)[];
}

const folder = join(import.meta.dirname, '../fixtures/exports');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.onnx'))
  .map((file) => file.slice(0, -'.onnx'.length));

const readRecorded = (name: string): Recorded =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

function inspect(name: string, { missing }: Recorded): Promise<Inspection> {
  const path = join(folder, `${name}.onnx`);
  return inspectModel(path, { openProbe: probeHere, ...(missing && { missing }) });
}

/** Asks a model as a function does: the outputs that were found, and no others. */
async function ask(
  { bytes, outputs }: Inspection,
  { inputs }: Recorded,
): Promise<readonly Tensor[]> {
  const ort = await startOrt();
  const session = await ort.InferenceSession.create(bytes, smallGraphOptions);
  const feeds = inputs.map((input) => {
    const data = input.data.map((value) => value ?? Number.NaN);
    return [input.name, toOrtTensor(ort, { ...input, data })] as const;
  });
  const fetched = await session.run(
    Object.fromEntries(feeds),
    outputs.map(({ name }) => name),
  );
  return outputs.flatMap(({ name, datatype }) => {
    const output = fetched[name];
    return output === undefined ? [] : [fromOrtTensor(name, datatype, output)];
  });
}

/** A number of another machine may differ in its last digit. */
function near(value: number | string | boolean | null): unknown {
  if (value === null)
    return expect.toSatisfy((found) => !Number.isFinite(found), 'NaN or infinite');
  return typeof value === 'number'
    ? expect.toSatisfy(
        (found) => Math.abs(Number(found) - value) <= 1e-5 * Math.max(1, Math.abs(value)),
        `near ${value}`,
      )
    : value;
}

/** Tells whether a shape is one of those that a specification allows. */
function isOf(shape: readonly number[], spec: readonly number[]): boolean {
  return (
    shape.length === spec.length && spec.every((size, axis) => size === -1 || size === shape[axis])
  );
}

it('are of many kinds', () => {
  expect(names.length).toBeGreaterThanOrEqual(60);
});

it.each(names)('%s answers as in Python', async (name) => {
  const recorded = readRecorded(name);
  const inspection = await inspect(name, recorded);
  for (const { name: input, shape, datatype } of recorded.inputs) {
    const spec = inspection.inputs.find((each) => each.name === input);
    expect(spec?.datatype).toBe(datatype);
    expect(isOf(shape, spec?.shape ?? [])).toBe(true);
  }
  const answer = await ask(inspection, recorded);
  expect(inspection.outputs.map((each) => each.name).sort()).toEqual(
    recorded.outputs.map((each) => each.name).sort(),
  );
  for (const { name: output, shape, datatype, data, labels } of recorded.outputs) {
    const spec = inspection.outputs.find((each) => each.name === output);
    expect(spec).toMatchObject({ datatype, ...(labels && { labels }) });
    expect(isOf(shape, spec?.shape ?? [])).toBe(true);
    expect(answer.find((each) => each.name === output)).toMatchObject({
      shape,
      data: data.map(near),
    });
  }
});
