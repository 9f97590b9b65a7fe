import type { FunctionSpec } from './types.ts';

/** Longest an invocation may take before the caller's budget and API Gateway's 29 s are gone, in seconds. */
const gatewayTimeoutSeconds = 28;

/**
 * A model's function, by the name of its package under `packages/models`.
 * 1,769 MB buys one whole vCPU on Lambda; the forest needs about 110 MB and little time, so it takes less.
 *
 * @param options what differs from the default size
 */
export function model(
  name: string,
  options: Partial<Omit<FunctionSpec, 'name' | 'kind' | 'source'>> = {},
): FunctionSpec {
  return {
    name,
    kind: 'model',
    source: `packages/models/${name}`,
    memoryMb: 1024,
    timeoutSeconds: 6,
    concurrency: 10,
    ...options,
  };
}

/** A step of a workflow that is no model, by the name of its package under `packages/functions`. */
export function task(
  name: string,
  options: Partial<Omit<FunctionSpec, 'name' | 'kind' | 'source'>> = {},
): FunctionSpec {
  return {
    name,
    kind: 'task',
    source: `packages/functions/${name}`,
    memoryMb: 512,
    timeoutSeconds: 6,
    concurrency: 10,
    ...options,
  };
}

/** The function behind `POST /uploads`: it signs a URL that takes one photo of the type and size asked for. */
export const uploads: FunctionSpec = {
  name: 'uploads',
  kind: 'http',
  source: 'packages/functions/uploads',
  memoryMb: 256,
  timeoutSeconds: 6,
  concurrency: 10,
  buckets: { uploads: 'write' },
};

/** The function behind `/v2`: it speaks the Open Inference Protocol and calls models and workflows. */
export const gateway: FunctionSpec = {
  name: 'gateway',
  kind: 'gateway',
  source: 'packages/functions/gateway',
  memoryMb: 512,
  timeoutSeconds: gatewayTimeoutSeconds,
  concurrency: 10,
  // Photos that are too large for a state machine's input wait there.
  buckets: { uploads: 'write' },
};
