import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareAnswers, inputsOfSamples, largestDifference, parseSamples } from '@chorus/intake';
import { parseManifest } from '@chorus/registry';
import { fromOrtTensor, smallGraphOptions, startOrt, toOrtTensor } from '@chorus/runtime/graph';
import { describe, expect, it } from 'vitest';

const models = join(import.meta.dirname, '../../../models');

/** Folders of models with samples, and one of this package that shows what they are asked. */
const folders = [
  join(import.meta.dirname, '../fixtures/example'),
  ...readdirSync(models)
    .map((name) => join(models, name, 'weights'))
    .filter((folder) => {
      try {
        return readdirSync(folder).includes('samples.json');
      } catch {
        return false;
      }
    }),
];

describe('a model answers its samples', () => {
  it.each(folders)('%s', async (folder) => {
    const { schema } = parseManifest(
      JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
    );
    const samples = parseSamples(readFileSync(join(folder, 'samples.json'), 'utf8'), folder);
    const ort = await startOrt();
    const weights = readFileSync(join(folder, 'model.onnx'));
    const session = await ort.InferenceSession.create(weights, smallGraphOptions);
    const feeds = inputsOfSamples(samples).map((input) => [input.name, toOrtTensor(ort, input)]);
    const names = schema.outputs.map(({ name }) => name);
    const fetched = await session.run(Object.fromEntries(feeds), names);
    const answer = schema.outputs.flatMap(({ name, datatype }) => {
      const output = fetched[name];
      return output === undefined ? [] : [fromOrtTensor(name, datatype, output)];
    });
    expect(compareAnswers(samples, answer).difference).toBeLessThanOrEqual(largestDifference);
  });
});
