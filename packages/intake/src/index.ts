export type { Details } from './details.ts';
export {
  ExternalDataError,
  IntakeError,
  NotOnnxError,
  ProbeError,
  SampleError,
  UnsupportedModelError,
} from './errors.ts';
export { type Inspection, type InspectOptions, inspectModel } from './inspect.ts';
export type { ProbeLimits } from './probe.ts';
export { suggestName } from './read-model.ts';
export { readNpz } from './read-npz.ts';
export {
  compareAnswers,
  type Deviation,
  type GivenSamples,
  inputsOfSamples,
  largestDifference,
  parseSamples,
  type Samples,
} from './samples.ts';
