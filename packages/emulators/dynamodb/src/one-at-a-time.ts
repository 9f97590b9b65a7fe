/** Runs pieces of work one after another, in the order in which they came. */
export type Queue = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function oneAtATime(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}
