import { timeoutSeconds } from './limits.ts';
import type { FunctionSpec } from './types.ts';

/** Options that differ from a function's default size. */
type Options = Partial<Omit<FunctionSpec, 'name' | 'kind' | 'source' | 'weights'>>;

/**
 * A model's function, by the name of its package under `packages/models`.
 * 1,769 MB buys one whole vCPU on Lambda; the forest needs about 110 MB and little time, so it takes less.
 */
export function model(name: string, options: Options = {}): FunctionSpec {
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

/** Folder of the one package that serves every model without a package of its own. */
export const onnxModelSource = 'packages/functions/onnx-model';

/**
 * A model that is an ONNX file and its manifest, `model.onnx` and `manifest.json` in `packages/models/<name>/weights`. The
 * manifest says what it takes and gives.
 */
export function onnxModel(name: string, options: Options = {}): FunctionSpec {
  return {
    ...model(name),
    source: onnxModelSource,
    weights: `packages/models/${name}/weights`,
    ...options,
  };
}

/** A step of a workflow that is no model, by the name of its package under `packages/functions`. */
export function task(name: string, options: Options = {}): FunctionSpec {
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

/** A function that answers a route of its own, by the name of its package under `packages/functions`. */
export function http(name: string, options: Options = {}): FunctionSpec {
  return {
    name,
    kind: 'http',
    source: `packages/functions/${name}`,
    memoryMb: 256,
    timeoutSeconds: 6,
    concurrency: 10,
    ...options,
  };
}

/** The name of the function behind `/v2`. */
export const gatewayName = 'gateway';

/**
 * The function behind `/v2`: it speaks the Open Inference Protocol, for what its links let it call: `models()` and
 * `workflows()`.
 */
export function gateway(options: Options = {}): FunctionSpec {
  return {
    name: gatewayName,
    kind: 'http',
    source: 'packages/functions/gateway',
    memoryMb: 512,
    timeoutSeconds,
    concurrency: 10,
    ...options,
  };
}
