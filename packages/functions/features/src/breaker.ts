/** Remembers that a server failed, so that not every request pays the time-out of the next attempt. */
export interface Breaker {
  /** True while no attempt should be made. The first attempt afterwards finds out whether the server is back. */
  isOpen(): boolean;
  trip(): void;
}

/** @param pauseMs how long nothing is tried after a failure. */
export function createBreaker(pauseMs: number): Breaker {
  let until = 0;
  return {
    isOpen: () => performance.now() < until,
    trip() {
      until = performance.now() + pauseMs;
    },
  };
}
