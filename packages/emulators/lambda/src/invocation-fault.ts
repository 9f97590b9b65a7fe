/** What goes wrong with one event on purpose, to see what its callers make of it. */
export interface InvocationFault {
  /** How much later the event reaches its worker, in milliseconds; the function's time-out counts it. */
  readonly delayMs?: number;
  /** Aborts when events need not be late any more: those on their way arrive. */
  readonly over?: AbortSignal;
  /**
   * `fail`: the function answers with an error. `throttle`: Lambda refuses the event. `kill`: the worker is killed while it has
   * the event. `corrupt`: half of the answer is lost.
   */
  readonly kind?: 'fail' | 'throttle' | 'kill' | 'corrupt';
  /** Whether a worker that is killed has done its work by then. @default false */
  readonly isLate?: boolean;
}
