import { throttled } from './errors.ts';
import type { ProcessBudget } from './process-budget.ts';
import { reaper } from './reaper.ts';
import {
  dispatch,
  exitResult,
  finish,
  type Invocation,
  type InvocationResult,
  initTimeoutResult,
  killWorker,
  settle,
  startWorker,
  unanswered,
  type Worker,
  type WorkerCommand,
} from './worker.ts';

/** The settings of a pool; all times in milliseconds. */
export interface PoolOptions {
  readonly command: WorkerCommand;
  readonly runtimeApi: string;
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** The budget that all pools share. */
  readonly processes: ProcessBudget;
  /** Called when the budget has no place for another process: an idle one of another pool may end for it. */
  makeRoom(): void;
  /** An event that has waited this long is worth another process: about what starting one takes. @default 250 */
  readonly scaleOutAfterMs?: number;
  /** An event that has waited this long for a pool that cannot grow is throttled. @default 3000 */
  readonly throttleAfterMs?: number;
  /** How long a process stays that has nothing to do while the pool has others. @default 15000 */
  readonly spareIdleMs?: number;
  /** How long the last one stays. @default 300000 */
  readonly idleMs?: number;
  /** Lambda's limit for initialisation. @default 10000 */
  readonly initMs?: number;
}

/** The execution environments of one function configuration. */
export interface Pool {
  /** Runs one event; rejects with TooManyRequestsException when every environment stays busy. */
  invoke(event: Omit<Invocation, 'settle' | 'since'>): Promise<InvocationResult>;
  /** The worker with this id, for the Runtime API. */
  worker(id: string): Worker | undefined;
  workers(): Iterable<Worker>;
  /** Called when a worker asks for its next event. */
  ready(worker: Worker): void;
  /** Called when a worker hangs up while it waits for an event: it is about to end. */
  lost(worker: Worker): void;
  /** Called when a worker says that its initialisation failed. */
  initFailed(worker: Worker, result: InvocationResult): void;
  /**
   * Keeps so many environments initialised from now on, as far as there is room for their processes. One that ends is replaced;
   * where none could be initialised, after a minute.
   */
  keep(environments: number): void;
  /** Stops an idle process if the pool has others. @returns false if there is none to spare */
  stopSpare(): boolean;
  /** Takes no new events, lets those it has finish, then stops every worker. */
  drain(): Promise<void>;
  /** Stops every worker now. */
  kill(): void;
  /** How many workers have an event. */
  readonly busy: number;
}

const stopping = 'the local cloud is stopping';

/** When environments are kept again of which the last one could not be initialised, in milliseconds. */
const keepAgainMs = 60_000;

interface Waiting extends Invocation {
  readonly reject: (error: Error) => void;
}

/**
 * Scales out as Lambda does, one event per process, but first lets an event wait for about as long as a cold start
 * takes, and starts one process at a time: on a laptop's few cores a burst of short requests is served sooner by warm
 * processes than by new ones.
 */
export function createPool(options: PoolOptions): Pool {
  const { concurrency, timeoutMs, processes } = options;
  const scaleOutAfterMs = options.scaleOutAfterMs ?? 250;
  const throttleAfterMs = options.throttleAfterMs ?? 3000;
  const initMs = options.initMs ?? 10_000;
  const workers = new Map<string, Worker>();
  const idle: Worker[] = [];
  const queue: Waiting[] = [];
  let watch: NodeJS.Timeout | undefined;
  let kept = 0;
  let topUpLater: NodeJS.Timeout | undefined;
  /** Resolves when the pool has been told to drain and has no worker any more. */
  const drained = Promise.withResolvers<void>();
  let draining = false;
  let killed = false;
  /** When the last worker was up: events that waited for it get their turn before another is started. */
  let lastReady = 0;

  const has = (...states: readonly Worker['state'][]): boolean =>
    workers.values().some(({ state }) => states.includes(state));

  const alive = (): number =>
    workers.values().reduce((sum, { state }) => (state === 'stopped' ? sum : sum + 1), 0);

  /** The first process is always allowed, so that no function waits for another that waits for it. */
  const mayGrow = (): boolean =>
    workers.size === 0 || (workers.size < concurrency && processes.hasRoom());

  function start(isKept = false): void {
    processes.enter();
    let worker: Worker;
    try {
      worker = startWorker(options.command, options.runtimeApi, exited, isKept);
    } catch (error) {
      processes.leave();
      startFailed((requestId) => exitResult(requestId, `could not be started: ${error}`));
      return;
    }
    workers.set(worker.id, worker);
    worker.timer = setTimeout(() => {
      killWorker(worker);
      startFailed((requestId) => initTimeoutResult(requestId, initMs / 1000));
    }, initMs);
  }

  /** Starts processes until there are as many as are kept. */
  function topUp(): void {
    while (!draining && !killed && alive() < kept && mayGrow()) start(true);
  }

  /** Replaces a process that was kept; one that could not be initialised would only fail again at once. */
  function replace({ wasReady }: Worker): void {
    clearTimeout(topUpLater);
    if (wasReady) topUp();
    else topUpLater = setTimeout(topUp, keepAgainMs).unref();
  }

  /** Tells the events that waited for a process why there is none. Where others are at work, only the one it was started for. */
  function startFailed(resultOf: (requestId: string) => InvocationResult): void {
    const hearing = has('idle', 'busy') ? queue.splice(0, 1) : queue.splice(0);
    for (const { requestId, settle: tell } of hearing) tell(resultOf(requestId));
  }

  function exited(worker: Worker, reason: string): void {
    if (!workers.delete(worker.id)) return;
    processes.leave();
    const running = unanswered(worker);
    if (running !== undefined) settle(worker, exitResult(running.requestId, reason));
    finish(worker);
    worker.log.release();
    forget(worker);
    if (worker.state === 'starting') startFailed((requestId) => exitResult(requestId, reason));
    worker.state = 'stopped';
    replace(worker);
    if (queue.length > 0 && workers.size === 0 && !killed) start();
    finishDraining();
  }

  function forget(worker: Worker): void {
    const position = idle.indexOf(worker);
    if (position >= 0) idle.splice(position, 1);
  }

  function startIfOverdue(): void {
    const waitedFrom = Math.max(queue[0]?.since ?? 0, lastReady);
    if (queue.length > 0 && performance.now() - waitedFrom >= scaleOutAfterMs) start();
  }

  function throttleOverdue(): void {
    // When a process of another pool ends, this pool may start one.
    if (workers.size < concurrency) options.makeRoom();
    const now = performance.now();
    // Events that waited for a process to start are not late: they get their turn.
    while (queue[0] !== undefined && now - Math.max(queue[0].since, lastReady) >= throttleAfterMs)
      queue.shift()?.reject(throttled(options.command.functionName, workers.size));
  }

  /** While events wait: starts a process for those overdue, throttles those that waited too long. */
  function watchQueue(): void {
    if (watch !== undefined || queue.length === 0) return;
    watch = setTimeout(() => {
      watch = undefined;
      if (!has('starting')) {
        if (mayGrow()) startIfOverdue();
        else throttleOverdue();
      }
      watchQueue();
    }, scaleOutAfterMs);
  }

  /** Leaves a worker that is about to end the time for it. */
  function killSoon(worker: Worker): void {
    setTimeout(() => workers.has(worker.id) && killWorker(worker), 500).unref();
  }

  function lost(worker: Worker): void {
    if (worker.state === 'stopped') return;
    forget(worker);
    delete worker.next;
    worker.state = 'stopped';
    killSoon(worker);
  }

  /** The worker that was busy last and still listens. */
  function takeIdle(): Worker | undefined {
    let worker = idle.pop();
    while (worker?.next?.socket?.destroyed === true) {
      lost(worker);
      worker = idle.pop();
    }
    return worker;
  }

  function stop(worker: Worker): void {
    forget(worker);
    worker.state = 'stopped';
    worker.process.kill('SIGTERM');
    killSoon(worker);
  }

  const reap = reaper({
    spareIdleMs: options.spareIdleMs ?? 15_000,
    idleMs: options.idleMs ?? 300_000,
    idle,
    isLast: () => alive() === 1,
    mayStop: () => alive() > kept,
    stop,
  });

  function finishDraining(): void {
    if (!draining || queue.length > 0) return;
    for (const worker of workers.values()) if (worker.running === undefined) stop(worker);
    if (workers.size === 0) drained.resolve();
  }

  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        if (killed) return resolve(exitResult(event.requestId, stopping));
        const invocation = { ...event, since: performance.now(), settle: resolve, reject };
        const worker = takeIdle();
        if (worker !== undefined) return dispatch(worker, invocation, timeoutMs);
        queue.push(invocation);
        if (workers.size === 0) start();
        watchQueue();
      }),
    worker: (id) => workers.get(id),
    workers: () => workers.values(),
    ready(worker) {
      if (worker.state === 'starting') lastReady = performance.now();
      worker.wasReady = true;
      finish(worker);
      const waiting = queue.shift();
      if (waiting !== undefined) return dispatch(worker, waiting, timeoutMs);
      worker.state = 'idle';
      worker.idleSince = performance.now();
      if (!idle.includes(worker)) idle.push(worker);
      reap.schedule();
      finishDraining();
    },
    lost,
    initFailed(worker, result) {
      clearTimeout(worker.timer);
      killWorker(worker);
      startFailed(() => result);
    },
    keep(environments) {
      kept = Math.min(environments, concurrency);
      topUp();
    },
    stopSpare() {
      const [spare] = idle;
      if (spare === undefined || alive() <= Math.max(kept, 1)) return false;
      stop(spare);
      return true;
    },
    drain() {
      draining = true;
      finishDraining();
      return drained.promise;
    },
    kill() {
      killed = true;
      clearTimeout(watch);
      clearTimeout(topUpLater);
      reap.cancel();
      for (const waiting of queue.splice(0))
        waiting.settle(exitResult(waiting.requestId, stopping));
      for (const worker of workers.values()) killWorker(worker);
    },
    get busy() {
      return [...workers.values()].filter((worker) => unanswered(worker) !== undefined).length;
    },
  };
}
