import { stringifyJson, type Tensor } from '@chorus/protocol';
import { expect, it } from 'vitest';
import { fitOutputs } from './fit-outputs.ts';
import { maxResponseBytes } from './runtime-api.ts';

/** As much text as there is room for. */
const most = maxResponseBytes - 10_000;

/** Returns outputs whose text has exactly so many characters. */
function outputsOf(characters: number): readonly Tensor[] {
  const outputs = (data: readonly number[]): readonly Tensor[] => [
    { name: 'y', datatype: 'FP64', shape: [data.length], data },
  ];
  // A digit and a comma each; the last number has as many digits more as are missing.
  const count = Math.floor((characters - stringifyJson(outputs([])).length - 20) / 2);
  const data = Array.from({ length: count }, () => 1);
  const missing = characters - stringifyJson(outputs(data)).length;
  data[count - 1] = 10 ** missing;
  return outputs(data);
}

it('outputs stay text up to what an answer carries, and are bytes above it', () => {
  const fitting = outputsOf(most);
  expect(stringifyJson(fitting)).toHaveLength(most);
  expect(fitOutputs(fitting)).toBe(fitting);
  const [packed] = fitOutputs(outputsOf(most + 1));
  expect(packed).not.toHaveProperty('data');
  expect(packed).toMatchObject({ name: 'y', datatype: 'FP64' });
});

it('outputs of many short numbers stay text', () => {
  const many = [
    { name: 'y', datatype: 'INT64', shape: [300_000], data: Array(300_000).fill(1) },
  ] as const;
  expect(fitOutputs(many)).toBe(many);
});
