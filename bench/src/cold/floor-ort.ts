/** The floor below every function with ONNX Runtime: the library is loaded and has opened a graph. */
import { InferenceSession } from 'onnxruntime-node';

/** `y = Identity(x)`, float32[1], in 63 bytes. */
const graph =
  'CAg6NwoQCgF4EgF5IghJZGVudGl0eVoPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAESAWdCAhAR';

const oneThread = { intraOpNumThreads: 1, interOpNumThreads: 1 };
await InferenceSession.create(Buffer.from(graph, 'base64'), oneThread);
console.log('ready');
setTimeout(() => {}, 60_000);
