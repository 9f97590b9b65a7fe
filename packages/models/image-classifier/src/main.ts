import { serveModel } from '@chorus/runtime';
import { imageServing } from './serving.ts';

// By the schema of the manifest, so that other classifiers of photos are served under their own names.
await serveModel(undefined, imageServing);
