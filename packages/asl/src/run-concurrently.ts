import { Interruption, StatesError } from './errors.ts';
import { childController } from './interruption.ts';

export interface ConcurrentWork {
  run(index: number, signal: AbortSignal): Promise<unknown>;
  /** Told of a failure: answers what stands in for the output, or throws what all of it fails with. */
  tolerate?(error: StatesError): unknown;
}

/**
 * Runs `count` pieces of work, at most `limit` at once and started in order, and answers their outputs
 * in order. The first failure aborts the rest, and is thrown when they have all stopped.
 */
export async function runConcurrently(
  count: number,
  limit: number,
  parent: AbortSignal,
  work: ConcurrentWork,
): Promise<unknown[]> {
  const outputs = new Array<unknown>(count).fill(null);
  const { controller, release } = childController(parent);
  let failure: { readonly thrown: unknown } | undefined;
  let started = 0;

  const worker = async () => {
    while (started < count && !controller.signal.aborted) {
      const index = started;
      started += 1;
      try {
        outputs[index] = await work.run(index, controller.signal);
      } catch (thrown) {
        try {
          if (!(thrown instanceof StatesError) || !work.tolerate) throw thrown;
          outputs[index] = work.tolerate(thrown);
        } catch (final) {
          // Whatever fails after the first was told to stop.
          failure ??= { thrown: final };
          controller.abort(new Interruption('SIBLING_FAILED'));
        }
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
  } finally {
    release();
  }
  if (failure) throw failure.thrown;
  parent.throwIfAborted();
  return outputs;
}
