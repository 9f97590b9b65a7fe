import type { ModelSchema, Parameters, Tensor } from '@chorus/protocol';
import { asRecord } from '@chorus/runtime/proxy-event';
import { misshapen, readWorkflowAnswer, type WorkflowAnswer } from './workflow-answer.ts';

/**
 * The answer of a workflow that takes a photo: label, probability and what is seen alone, of the one prediction. Where
 * nothing was found the label is empty and the probabilities are 0, since a tensor has no null. The place is in the
 * parameters.
 *
 * @param output JSON, the execution's output.
 * @throws ProtocolError of the status that the state machine chose; InternalError when it answered something else.
 */
export function readPhotoAnswer(output: string, schema: ModelSchema): WorkflowAnswer {
  const { predictions, parameters, durationsMs, body } = readWorkflowAnswer(output, schema);
  const prediction = asRecord(predictions[0]);
  const tensors = schema.outputs.map(({ name, datatype }): Tensor => {
    const nothing = datatype === 'BYTES' ? '' : 0;
    const value = prediction[name] ?? nothing;
    if (typeof value !== typeof nothing) {
      throw misshapen(schema);
    }
    return { name, datatype, shape: [1], data: [value as string | number] };
  });
  return { tensors, parameters: { ...parameters, ...placeOf(body, prediction) }, durationsMs };
}

/** `chorus_lat`, `chorus_lon`, `chorus_country`, `chorus_out_of_range`: what is known of the place. */
function placeOf(
  { location }: Readonly<Record<string, unknown>>,
  { outOfRange }: Readonly<Record<string, unknown>>,
): Parameters {
  const { lat, lon, country } = asRecord(location);
  const known = Object.entries({ lat, lon, country, out_of_range: outOfRange }).filter(
    (entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return Object.fromEntries(known.map(([name, value]) => [`chorus_${name}`, value]));
}
