/** Parts for opening a graph outside of a function, e.g. to try a model before it is published. */
export { sessionOptionsOf, smallGraphOptions, startOrt } from './session.ts';
export { fromOrtTensor, type Ort, toOrtTensor } from './tensors.ts';
