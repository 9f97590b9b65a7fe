import { compile } from '../compile.ts';
import { execute } from '../execute.ts';
import type { ExecutionResult, TaskRequest } from '../execution.ts';
import type { Place } from '../journal.ts';
import { openJournal, type ToldEvent } from '../open-journal.ts';
import { virtualClock } from '../virtual-clock.ts';

/** What a journal has on disk: it outlives the process that writes it. */
export interface Disk {
  places: Map<string, string>;
  events: ToldEvent[];
}

/** The end of a process in the middle of its work. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Returns a disk that no process has written to. */
export const emptyDisk = (): Disk => ({ places: new Map(), events: [] });

interface Run {
  readonly disk: Disk;
  /** The process is killed instead of this change, counted from the first. */
  readonly killAt?: number;
  readonly now?: number;
  runTask?(task: TaskRequest): Promise<unknown>;
  readonly signal?: AbortSignal;
}

/** When every execution of these tests started. */
export const started: Date = new Date('2026-01-01T00:00:00Z');

/** Executes on a disk, or goes on there. Rejects with `Killed` when the process was killed. */
export function run(definition: object, input: unknown, given: Run): Promise<ExecutionResult> {
  const { disk, killAt = Number.POSITIVE_INFINITY, now = started.getTime() } = given;
  const machine = compile(definition, { type: 'STANDARD', checkStructure: false });
  const places = [...disk.places].map(([path, text]): [string, Place] => [path, JSON.parse(text)]);
  let changes = 0;
  const journal = openJournal({ places, events: disk.events.length }, (kept) => {
    if (changes >= killAt) throw new Killed();
    changes += 1;
    disk.events.push(...kept.events);
    disk.places.set(kept.path, JSON.stringify(kept.place));
    for (const path of kept.forgotten) disk.places.delete(path);
  });
  return execute(machine, input, {
    journal,
    startTime: started,
    clock: virtualClock(now),
    newToken: (path) => `token of ${path}`,
    runTask: given.runTask ?? (async (task) => task.arguments),
    ...(given.signal && { signal: given.signal }),
  });
}

/** Executes, in one process for each change that one is killed at, and in one more that is not. */
export async function runKilled(
  definition: object,
  input: unknown,
  kills: readonly number[],
  given: Omit<Run, 'disk' | 'killAt'> = {},
): Promise<{ result: ExecutionResult; disk: Disk }> {
  const disk = emptyDisk();
  for (const killAt of kills) {
    try {
      return { result: await run(definition, input, { ...given, disk, killAt }), disk };
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
    }
  }
  return { result: await run(definition, input, { ...given, disk }), disk };
}

const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:f';
/** Returns a Task state that asks a function. */
export const task = (fields: object): object => ({ Type: 'Task', Resource: lambda, ...fields });
/** Returns a machine in JSONata. */
export const machine = (States: object, StartAt = 'A'): object => ({
  QueryLanguage: 'JSONata',
  StartAt,
  States,
});
/** Returns a graph that starts at the first of its states. */
export const graph = (States: object): object => ({ StartAt: Object.keys(States)[0], States });
