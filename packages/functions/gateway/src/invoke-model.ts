import type { Service } from './call.ts';
import { callAws, failureOfFunction } from './failures.ts';
import { whatOf } from './model-configurations.ts';
import type { ServedModel } from './served.ts';

/**
 * Invokes a model's function, in the version that serves the version asked for.
 *
 * @param version undefined: what is live.
 * @param event JSON.
 * @returns what the function answered, JSON.
 * @throws NotFoundError for a version that is not published; ProtocolError as the function, AWS or the deadline says.
 */
export async function invokeModel(
  { clients, modelVersions }: Service,
  model: ServedModel,
  version: string | undefined,
  event: string,
  deadlineMs: number,
): Promise<Uint8Array> {
  const { functionName } = await modelVersions.find(model, version, deadlineMs);
  const lambda = await clients.lambda();
  const what = whatOf(model);
  const { failed, payload } = await callAws(what, deadlineMs, (signal) =>
    lambda.invoke(functionName, event, signal),
  ).catch((error: Error) => {
    if (isUnknownFunction(error.cause)) {
      // This version of the function was deleted; another may serve the same version of the model.
      modelVersions.forget(model);
    }
    throw error;
  });
  if (failed) {
    throw failureOfFunction(what, payload);
  }
  return payload;
}

function isUnknownFunction(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'ResourceNotFoundException';
}
