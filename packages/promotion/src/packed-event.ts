import {
  type InferRequest,
  ProtocolError,
  packTensor,
  parseInferResponse,
  stringifyJson,
  trialParameter,
} from '@chorus/protocol';

/** Largest event that Lambda takes with an invocation that waits, in bytes. */
const largestEvent = 6 * 1024 * 1024;

/**
 * Returns a request of our own as the event for a model's function, marked as a trial, so that it does not count as what the model is asked. One
 * that would be too large has its tensors as base64.
 */
export function eventOf(request: InferRequest): string {
  const trial = { ...request, parameters: { ...request.parameters, [trialParameter]: true } };
  const json = stringifyJson(trial);
  return json.length <= largestEvent
    ? json
    : stringifyJson({ ...trial, inputs: request.inputs.map(packTensor) });
}

const isPacked = (output: unknown): boolean =>
  typeof output === 'object' &&
  output !== null &&
  'parameters' in output &&
  typeof output.parameters === 'object' &&
  output.parameters !== null &&
  'chorus_data' in output.parameters;

function unpack(output: unknown): unknown {
  try {
    return parseInferResponse({ model_name: 'any', id: '', outputs: [output] }).outputs[0];
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // Without elements it is refused like any other output that has none.
    return output;
  }
}

/** Returns the outputs of an answer with the elements of those that were too large as text. */
export function unpackOutputs(outputs: readonly unknown[]): readonly unknown[] {
  return outputs.map((output) => (isPacked(output) ? unpack(output) : output));
}
