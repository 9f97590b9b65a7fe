import { type FunctionSpec, onnxModel } from '@chorus/blueprint';

/** Names of folders of `packages/models` that hold an ONNX file and its manifest. `chorus models add` adds a line. */
const names: readonly string[] = [
  // One line for each; the names are those of routes, functions and folders.
];

/** Models that are served by themselves. */
export const models: readonly FunctionSpec[] = names.map((name) => onnxModel(name));
