/** Runs work in turns. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes turns of which at most so many run at once; the others wait in the order in which they came. */
export function createTurns(most: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
