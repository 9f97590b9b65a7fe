import { bostonColumns, bostonExample } from '@chorus/training/boston';
import { front, model } from './functions.ts';
import { scatterGather } from './scatter-gather.ts';
import type { Blueprint } from './types.ts';

/** The models that answer together for a house. A new one is a package under `packages/models` and a line here. */
const houseModels = [model('linear-regression'), model('random-forest'), model('svr')];

const housePrice = scatterGather({
  name: 'house-price',
  input: { name: 'features', columns: bostonColumns },
  output: { name: 'price' },
  models: houseModels,
  quorum: 1,
  example: bostonExample,
});

/** The service as it is deployed to AWS and run on a laptop. */
export const blueprint: Blueprint = {
  functions: [...houseModels, front],
  workflows: [housePrice],
  routes: [
    { method: 'POST', path: '/predict/house-price', workflow: 'house-price' },
    { method: 'ANY', path: '/v2', function: 'front' },
    { method: 'ANY', path: '/v2/{proxy+}', function: 'front' },
  ],
  buckets: [{ name: 'models', purpose: 'ONNX weights and manifests, one folder per version' }],
};
