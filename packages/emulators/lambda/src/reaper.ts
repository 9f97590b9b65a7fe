import type { Worker } from './worker.ts';

export interface ReaperOptions {
  /** How long a worker stays idle while the pool has others, in milliseconds. */
  readonly spareIdleMs: number;
  /** How long the last one stays, in milliseconds. */
  readonly idleMs: number;
  /** The pool's idle workers; the one that is idle longest first. */
  readonly idle: readonly Worker[];
  /** Whether the pool has but one worker that takes events. */
  isLast(): boolean;
  /** Whether the pool may have fewer workers. */
  mayStop(): boolean;
  /** Stops a worker and takes it from `idle`. */
  stop(worker: Worker): void;
}

/** Stops workers that have been idle for long, those idle longest first. It looks every `spareIdleMs` while there are any. */
export function reaper(options: ReaperOptions): { schedule(): void; cancel(): void } {
  const { spareIdleMs, idleMs, idle, isLast, mayStop, stop } = options;
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    if (timer === undefined && idle.length > 0) timer = setTimeout(reap, spareIdleMs).unref();
  }

  function reap(): void {
    timer = undefined;
    const now = performance.now();
    for (const worker of [...idle])
      if (mayStop() && now - worker.idleSince >= (isLast() ? idleMs : spareIdleMs)) stop(worker);
    schedule();
  }

  return { schedule, cancel: () => clearTimeout(timer) };
}
