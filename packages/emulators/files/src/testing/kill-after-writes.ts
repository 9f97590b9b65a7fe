import { StatementSync } from 'node:sqlite';

/** Lets this process kill itself right after it has written to a database of SQLite for the so-manieth time. */
export function killAfterWrites(count: number): void {
  const { run } = StatementSync.prototype;
  let writes = 0;
  Object.defineProperty(StatementSync.prototype, 'run', {
    value(this: StatementSync, ...values: readonly unknown[]): unknown {
      const changes: unknown = Reflect.apply(run, this, values);
      writes += 1;
      if (writes === count) process.kill(process.pid, 'SIGKILL');
      return changes;
    },
  });
}
