import { expect, it } from 'vitest';
import { suggestName } from './read-model.ts';

it.each([
  ['churn.onnx', 'churn'],
  ['My Model (v2).onnx', 'my-model-v2'],
  ['Prévision Köln.onnx', 'prevision-koln'],
  ['2024_sales.onnx', 'sales'],
  ['noise/model.onnx', 'noise'],
  ['without-an-ending', 'without-an-ending'],
  ['123.onnx', undefined],
  ['模型.onnx', undefined],
])('%s suggests the name %s', (path, name) => {
  expect(suggestName(path)).toBe(name);
});
