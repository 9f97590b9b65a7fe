import {
  bucket,
  type FunctionSpec,
  featureStore,
  identifyPhoto,
  model,
  task,
  type WorkflowSpec,
} from '@chorus/blueprint';
import { examplePhoto } from './example-photo.ts';

/** Photos that clients have uploaded. */
const readPhotos = bucket('uploads', { access: 'read', prefix: 'uploads/' });

/**
 * One whole vCPU: decoding a photo and looking at it is work for a processor, a fifth of a second of it. Lambda does not
 * queue, so there are as many environments as the API's 100 requests a second keep busy, and as many again.
 */
const imageClassifier = model('image-classifier', {
  memoryMb: 1769,
  timeoutSeconds: 15,
  concurrency: 50,
  links: [readPhotos],
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
  links: [readPhotos],
});

// A database that sleeps needs half a minute to be migrated; questions about places wait a few seconds at most.
const features = task('features', { timeoutSeconds: 30, concurrency: 20, links: [featureStore()] });

/** The functions that are asked about a photo. */
export const animalFunctions: readonly FunctionSpec[] = [imageClassifier, locate, features];

/** Which animal is in a photo, with regard to where it was taken. */
export const animal: WorkflowSpec = identifyPhoto({
  name: 'animal',
  classifier: imageClassifier,
  locate,
  features,
  nothing: 'No animal',
  example: { image: examplePhoto },
});
