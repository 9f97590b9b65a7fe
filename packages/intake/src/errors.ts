/** Base of what this package throws: a model file that is not served as it is, with what to do about it. */
export class IntakeError extends Error {
  override readonly name: string = 'IntakeError';
}

/** The file cannot be read, or is no ONNX model. */
export class NotOnnxError extends IntakeError {
  override readonly name = 'NotOnnxError';
}

/** The model keeps tensors in a second file that is not there, or is too short, or lies outside its folder. */
export class ExternalDataError extends IntakeError {
  override readonly name = 'ExternalDataError';
}

/** The model takes or gives something that no tensor of the protocol can hold. */
export class UnsupportedModelError extends IntakeError {
  override readonly name = 'UnsupportedModelError';
}

/** ONNX Runtime does not open the model, or the model does not answer rows that it says it takes. */
export class ProbeError extends IntakeError {
  override readonly name = 'ProbeError';
}

/** Samples cannot be read, or the model answers them otherwise. */
export class SampleError extends IntakeError {
  override readonly name = 'SampleError';
}
