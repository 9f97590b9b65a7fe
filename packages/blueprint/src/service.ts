import { bostonColumns, bostonExample } from '@chorus/training/boston';
import { examplePhoto } from './example-photo.ts';
import { gateway, model, task, uploads } from './functions.ts';
import { identifyPhoto } from './identify-photo.ts';
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

/**
 * One whole vCPU: decoding a photo and looking at it is work for a processor, a fifth of a second of it. Lambda does not
 * queue, so there are as many environments as the API's 100 requests a second keep busy, and as many again.
 */
const imageClassifier = model('image-classifier', {
  memoryMb: 1769,
  timeoutSeconds: 15,
  concurrency: 50,
  buckets: { uploads: 'read' },
  example: {
    inputs: [
      {
        name: 'image',
        datatype: 'BYTES',
        shape: [1],
        parameters: { content_type: 'base64' },
        data: [examplePhoto],
      },
    ],
  },
});
const locate = task('locate', {
  memoryMb: 1024,
  timeoutSeconds: 10,
  concurrency: 50,
  buckets: { uploads: 'read' },
});
// A database that sleeps needs half a minute to be migrated; questions about places wait a few seconds at most.
const features = task('features', { timeoutSeconds: 30, concurrency: 20, featureStore: true });

const animal = identifyPhoto({
  name: 'animal',
  classifier: imageClassifier,
  locate,
  features,
  example: { image: examplePhoto },
});

/** The service as it is deployed to AWS and run on a laptop. */
export const blueprint: Blueprint = {
  functions: [...houseModels, imageClassifier, locate, features, uploads, gateway],
  workflows: [housePrice, animal],
  routes: [
    { method: 'POST', path: '/predict/house-price', workflow: 'house-price' },
    { method: 'POST', path: '/predict/animal', workflow: 'animal' },
    { method: 'POST', path: '/uploads', function: 'uploads' },
    { method: 'ANY', path: '/v2', function: 'gateway' },
    { method: 'ANY', path: '/v2/{proxy+}', function: 'gateway' },
  ],
  buckets: [
    { name: 'models', purpose: 'ONNX weights and manifests, one folder per version' },
    {
      name: 'uploads',
      purpose: 'photos on their way to a model',
      expireDays: 1,
      browserUploads: true,
    },
  ],
  // Twenty environments of the one function that asks, with one connection each.
  featureStore: { source: 'packages/functions/features', maxConnections: 20 },
};
