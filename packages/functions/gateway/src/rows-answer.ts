import {
  type InferRequest,
  type ModelSchema,
  type Tensor,
  UnavailableError,
} from '@chorus/protocol';
import { asRecord } from '@chorus/runtime/proxy-event';
import {
  type Failure,
  misshapen,
  readWorkflowAnswer,
  type WorkflowAnswer,
} from './workflow-answer.ts';

/**
 * The answer of a workflow that takes rows: one tensor per output. An output that failed is left out, since a tensor has
 * no null, and named in the parameters.
 *
 * @param output JSON, the execution's output.
 * @param request whose outputs, when it names some, must all be there.
 * @throws ProtocolError of the status that the state machine chose; UnavailableError when an output asked for failed;
 * InternalError when the state machine answered something else.
 */
export function readRowsAnswer(
  output: string,
  schema: ModelSchema,
  request: InferRequest,
): WorkflowAnswer {
  const { predictions, failures, parameters, durationsMs } = readWorkflowAnswer(output, schema);
  const tensors = schema.outputs
    .filter(({ name }) => !failures.has(name))
    .map(({ name, datatype }): Tensor => {
      const data = predictions.map((row) => asRecord(row)[name]);
      if (!data.every((value) => typeof value === 'number')) {
        throw misshapen(schema);
      }
      return { name, datatype, shape: [data.length], data };
    });
  checkAsked(request, failures);
  return { tensors, parameters, durationsMs };
}

/** Partial beats nothing, unless the missing part was asked for by name. */
function checkAsked({ outputs = [] }: InferRequest, failures: ReadonlyMap<string, Failure>): void {
  for (const { name } of outputs) {
    const failure = failures.get(name);
    if (failure !== undefined) {
      throw new UnavailableError(
        `output ${JSON.stringify(name)} is not available: ${failure.error}: ${failure.message}`,
      );
    }
  }
}
