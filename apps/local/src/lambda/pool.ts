import { performance } from 'node:perf_hooks';
import { throttled } from './errors.ts';
import {
  dispatch,
  exitResult,
  type Invocation,
  type InvocationResult,
  initTimeoutResult,
  killWorker,
  settle,
  startWorker,
  type Worker,
  type WorkerCommand,
} from './worker.ts';

/** How a pool behaves; all times in milliseconds. */
export interface PoolOptions {
  readonly command: WorkerCommand;
  readonly runtimeApi: string;
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** An event that has waited this long is worth another process: about what starting one takes. @default 250 */
  readonly scaleOutAfterMs?: number;
  /** An event that has waited this long for a full pool is throttled. @default 1000 */
  readonly throttleAfterMs?: number;
  /** @default 300000 */
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
  /** Called when a worker asks for its next event. */
  ready(worker: Worker): void;
  /** Called when a worker hangs up while it waits for an event: it is about to end. */
  left(worker: Worker): void;
  /** Called when a worker says that its initialisation failed. */
  initFailed(worker: Worker, result: InvocationResult): void;
  /** Takes no new events, lets those it has finish, then stops every worker. */
  drain(): Promise<void>;
  /** Stops every worker now. */
  kill(): void;
  /** How many workers have an event. */
  readonly busy: number;
}

const stopping = 'the local cloud is stopping';

interface Waiting extends Invocation {
  readonly reject: (error: Error) => void;
}

/**
 * Scales out as Lambda does, one event per process, but first lets an event wait for about as long as a cold start
 * takes, and starts one process at a time: on a laptop's few cores a burst of short requests is served sooner by warm
 * processes than by new ones.
 */
export function createPool(options: PoolOptions): Pool {
  const { concurrency, timeoutMs } = options;
  const scaleOutAfterMs = options.scaleOutAfterMs ?? 250;
  const throttleAfterMs = options.throttleAfterMs ?? 1000;
  const idleMs = options.idleMs ?? 300_000;
  const initMs = options.initMs ?? 10_000;
  const workers = new Map<string, Worker>();
  const idle: Worker[] = [];
  const queue: Waiting[] = [];
  let watch: NodeJS.Timeout | undefined;
  let reaper: NodeJS.Timeout | undefined;
  let drained: (() => void) | undefined;
  let killed = false;
  /** When the last worker was up: events that waited for it get their turn before another is started. */
  let lastReady = 0;

  const isStarting = (): boolean => workers.values().some(({ state }) => state === 'starting');

  function start(): void {
    const worker = startWorker(options.command, options.runtimeApi, exited);
    workers.set(worker.id, worker);
    worker.timer = setTimeout(() => {
      const first = queue.shift();
      first?.settle(initTimeoutResult(first.requestId, initMs / 1000));
      killWorker(worker);
    }, initMs);
  }

  function exited(worker: Worker, reason: string): void {
    if (!workers.delete(worker.id)) return;
    clearTimeout(worker.timer);
    const running = worker.invocation;
    if (running !== undefined) settle(worker, exitResult(running.requestId, reason));
    else if (worker.state === 'starting') {
      const first = queue.shift();
      first?.settle(exitResult(first.requestId, reason));
    }
    const position = idle.indexOf(worker);
    if (position >= 0) idle.splice(position, 1);
    worker.state = 'stopped';
    if (queue.length > 0 && workers.size === 0 && !killed) start();
    finishDraining();
  }

  /** While events wait: starts a process for those overdue, throttles those that waited too long. */
  function watchQueue(): void {
    if (watch !== undefined || queue.length === 0) return;
    watch = setTimeout(() => {
      watch = undefined;
      const now = performance.now();
      if (!isStarting() && workers.size >= concurrency)
        while (queue[0] !== undefined && now - queue[0].since >= throttleAfterMs)
          queue.shift()?.reject(throttled(options.command.functionName, concurrency));
      const waitedFrom = Math.max(queue[0]?.since ?? now, lastReady);
      if (!isStarting() && workers.size < concurrency && now - waitedFrom >= scaleOutAfterMs)
        start();
      watchQueue();
    }, scaleOutAfterMs);
  }

  function stop(worker: Worker): void {
    worker.process.kill('SIGTERM');
    setTimeout(() => workers.has(worker.id) && killWorker(worker), 500).unref();
  }

  /** Stops workers that have been idle for long; the ones used last stay. */
  function reap(): void {
    reaper ??= setTimeout(() => {
      reaper = undefined;
      const now = performance.now();
      while (idle[0] !== undefined && now - idle[0].idleSince >= idleMs) {
        const worker = idle.shift();
        if (worker !== undefined) stop(worker);
      }
      if (idle.length > 0) reap();
    }, idleMs).unref();
  }

  function finishDraining(): void {
    if (drained === undefined || queue.length > 0) return;
    for (const worker of workers.values()) if (worker.invocation === undefined) stop(worker);
    if (workers.size === 0) drained();
  }

  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        if (killed) return resolve(exitResult(event.requestId, stopping));
        const invocation = { ...event, since: performance.now(), settle: resolve, reject };
        const worker = idle.pop();
        if (worker !== undefined) return dispatch(worker, invocation, timeoutMs);
        queue.push(invocation);
        if (workers.size === 0) start();
        watchQueue();
      }),
    worker: (id) => workers.get(id),
    ready(worker) {
      if (worker.state === 'starting') {
        clearTimeout(worker.timer);
        lastReady = performance.now();
      }
      const waiting = queue.shift();
      if (waiting !== undefined) return dispatch(worker, waiting, timeoutMs);
      worker.state = 'idle';
      worker.idleSince = performance.now();
      idle.push(worker);
      reap();
      finishDraining();
    },
    left(worker) {
      const position = idle.indexOf(worker);
      if (position >= 0) idle.splice(position, 1);
      delete worker.next;
      worker.state = 'stopped';
    },
    initFailed(worker, result) {
      // Its end, which follows, is no event's fault: all that wait for this process alone are told what failed.
      worker.state = 'stopped';
      const told = workers.size === 1 ? queue.splice(0) : queue.splice(0, 1);
      for (const waiting of told) waiting.settle(result);
      killWorker(worker);
    },
    drain: () =>
      new Promise((resolve) => {
        drained = resolve;
        finishDraining();
      }),
    kill() {
      killed = true;
      clearTimeout(watch);
      clearTimeout(reaper);
      for (const waiting of queue.splice(0))
        waiting.settle(exitResult(waiting.requestId, stopping));
      for (const worker of workers.values()) killWorker(worker);
    },
    get busy() {
      return [...workers.values()].filter(({ invocation }) => invocation !== undefined).length;
    },
  };
}
