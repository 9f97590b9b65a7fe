/** The budget of worker processes, of all functions together. */
export interface ProcessBudget {
  /** Whether there may be another. */
  hasRoom(): boolean;
  /** Counts a process that is about to start. */
  enter(): void;
  leave(): void;
  readonly running: number;
}

/** @param most a number of processes; the first one of each pool is started even above it */
export function createProcessBudget(most: number): ProcessBudget {
  let running = 0;
  return {
    hasRoom: () => running < most,
    enter() {
      running += 1;
    },
    leave() {
      running -= 1;
    },
    get running() {
      return running;
    },
  };
}
