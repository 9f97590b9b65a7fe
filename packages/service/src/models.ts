import { type FunctionSpec, onnxModel } from '@chorus/blueprint';
import { imageClassifier } from './workflows/animal.ts';

/** Names of folders of `packages/models` that hold an ONNX file and its manifest. `chorus models add` adds a line. */
const names: readonly string[] = [
  // One line for each; the names are those of routes, functions and folders.
];

/** Names of such folders whose models classify photos. `chorus models add --image` adds a line. */
const photoNames: readonly string[] = [
  // One line for each; their manifests say what they want of a photo.
];

/** A model that classifies photos: the function of the image classifier, with other weights. */
export function photoModel(name: string): FunctionSpec {
  return { ...imageClassifier, name, weights: `packages/models/${name}/weights` };
}

/** Models that are served by themselves. */
export const models: readonly FunctionSpec[] = [
  ...names.map((name) => onnxModel(name)),
  ...photoNames.map(photoModel),
];
