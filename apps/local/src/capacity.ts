import { availableParallelism, totalmem } from 'node:os';

/** The work that this machine does at once. */
export interface Capacity {
  /** Requests in flight; the others get 429. */
  readonly inFlight: number;
  /** Worker processes of all functions together, though each function that is asked has one. */
  readonly processes: number;
  /** Worker processes of one function that computes. */
  readonly processesPerModel: number;
  /** Worker processes of one function that mostly waits for others. */
  readonly processesPerTask: number;
  /** Jobs of Batch at once. */
  readonly jobs: number;
}

/**
 * The memory that a request in flight may take with its events and answers, in bytes: a batch, or a photo and the
 * data made of it.
 */
const bytesPerRequest = 128 * 2 ** 20;

/** About what a worker process with ONNX Runtime and a small model takes, in bytes. */
const bytesPerProcess = 256 * 2 ** 20;

/**
 * The defaults: 16 requests in flight and 8 processes a core, less where memory is short. More processes than cores only take
 * turns, and more requests only wait.
 */
export function capacityOf(
  cores: number = availableParallelism(),
  memoryBytes: number = totalmem(),
): Capacity {
  const fitting = (bytes: number) => Math.floor(memoryBytes / 2 / bytes);
  const perFunction = Math.max(2, cores);
  return {
    inFlight: Math.max(4, Math.min(16 * cores, fitting(bytesPerRequest))),
    processes: Math.max(4, Math.min(8 * cores, fitting(bytesPerProcess))),
    processesPerModel: perFunction,
    processesPerTask: 2 * perFunction,
    jobs: Math.max(1, cores),
  };
}
