/** Parts for opening a graph outside of a function, e.g. to try a model before it is published. */
export { smallGraphOptions, startOrt } from './session.ts';
export { fromOrtTensor, type Ort, toOrtTensor } from './tensors.ts';
