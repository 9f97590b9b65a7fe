import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { InvocationFault } from './invocation-fault.ts';
import type { InvocationLog } from './log-tail.ts';
import { watchMemory } from './memory-watch.ts';
import { type ProcessUsage, usageOf, usageSince } from './process-usage.ts';
import type { WorkerLog } from './worker-logs.ts';

/** An event on its way to a worker, and where its answer goes. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: Uint8Array;
  /** When it was asked for, on the monotonic clock, in milliseconds. */
  readonly since: number;
  /** Whether the answer comes with what the worker wrote meanwhile. */
  readonly withLog?: boolean;
  /** What goes wrong with it on purpose. */
  readonly fault?: InvocationFault;
  settle(result: InvocationResult): void;
}

/** A function's answer: its JSON, or the JSON of its error. */
export interface InvocationResult {
  readonly payload: Uint8Array;
  readonly functionError?: 'Unhandled';
  readonly log?: InvocationLog;
}

/** A program that becomes a worker: the function's own process, or a client that runs its container. */
export interface WorkerProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  /** The program's environment, whole. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it for good where killing the program would not, as with a container. */
  readonly killCommand?: readonly [string, ...string[]];
}

/** The command that starts the workers of a function. */
export interface WorkerCommand {
  readonly functionName: string;
  /** The memory that a process may use where nothing else limits it, such as a container's engine. */
  readonly memoryMb: number;
  /**
   * The program of a worker.
   *
   * @param workerId unique among all workers; no secret, it is in names of containers
   * @param runtimeApi the worker's AWS_LAMBDA_RUNTIME_API, which is one
   * @param isKept whether it is started before there is an event for it
   */
  program(workerId: string, runtimeApi: string, isKept: boolean): WorkerProgram;
  /** Opens the log for a worker's standard output and error. */
  openLog(): WorkerLog;
}

/** `stopped` workers get no events any more; their processes may still be there for a moment. */
type WorkerState = 'starting' | 'idle' | 'busy' | 'stopped';

/** An event that a worker has, and since when. */
interface Running {
  readonly invocation: Invocation;
  /** On the monotonic clock, in milliseconds. */
  readonly started: number;
  /** X-Ray's name of it, which calls that the function makes meanwhile come with. */
  readonly traceRoot: string;
  readonly logStart: number;
  /** What the worker had used when it got the event, if its log is wanted. */
  readonly usedBefore?: ProcessUsage | undefined;
  /** The answer; absent until there is one. */
  result?: InvocationResult;
  durationMs?: number;
}

/** One execution environment: a process that takes one event at a time through the Lambda Runtime API. */
export interface Worker {
  readonly id: string;
  /** The secret that marks the worker's requests to the Runtime API: 256 random bits. */
  readonly secret: string;
  state: WorkerState;
  /** Whether it has asked for an event. */
  wasReady: boolean;
  /** When it last became idle, on the monotonic clock, in milliseconds. */
  idleSince: number;
  readonly process: ChildProcess;
  readonly killCommand: WorkerProgram['killCommand'];
  readonly memoryMb: number;
  readonly log: WorkerLog;
  /** The held `invocation/next` request of an idle worker. */
  next?: ServerResponse;
  running?: Running;
  timer?: NodeJS.Timeout;
}

/** An error that Lambda reports in a function's place. */
export const errorResult = (errorType: string, errorMessage: string): InvocationResult => ({
  payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
  functionError: 'Unhandled',
});

/**
 * Starts a worker process in a process group of its own, so that Ctrl-C reaches the local cloud first and requests in
 * flight can finish.
 *
 * @param runtimeApi host, port and prefix, without the worker's id: `127.0.0.1:8787/worker`
 */
export function startWorker(
  start: WorkerCommand,
  runtimeApi: string,
  onExit: (worker: Worker, reason: string) => void,
  isKept = false,
): Worker {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const {
    command,
    arguments: given,
    environment,
    killCommand,
  } = start.program(id, `${runtimeApi}/${id}/${secret}`, isKept);
  const log = start.openLog();
  let child: ChildProcess;
  try {
    child = spawn(command, given, {
      env: environment,
      stdio: ['ignore', log.descriptor, log.descriptor],
      detached: true,
    });
  } catch (error) {
    log.release();
    throw error;
  }
  const worker: Worker = {
    id,
    secret,
    state: 'starting',
    wasReady: false,
    idleSince: 0,
    process: child,
    killCommand,
    memoryMb: start.memoryMb,
    log,
  };
  if (killCommand === undefined) limitMemory(worker);
  child.once('error', (error) => onExit(worker, `could not be started: ${error.message}`));
  child.once('exit', (code, signal) =>
    onExit(worker, signal === null ? `exit status ${code}` : `signal: ${signal}`),
  );
  return worker;
}

/** Ends a worker that uses more than its function's memory, as Lambda does, in Lambda's words. */
function limitMemory(worker: Worker): void {
  const { log, memoryMb } = worker;
  const isBusy = () => worker.state !== 'idle';
  watchMemory(worker.process, { memoryMb, isBusy }, (usedMb) => {
    writeSync(
      log.descriptor,
      `Memory Size: ${memoryMb} MB, in use: ${usedMb} MB: the process is ended\n`,
    );
    const running = unanswered(worker);
    if (running !== undefined) settle(worker, exitResult(running.requestId, 'signal: killed'));
    // Its state stays: events that wait for its start are told of its end.
    worker.process.kill('SIGKILL');
  });
}

/** Returns a new root of a trace: time and 96 random bits, as X-Ray writes it. */
function newTraceRoot(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `1-${seconds.padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
}

/**
 * Hands an event to an idle worker. One that has not answered after `timeoutMs`, or has and does not ask for its next event, is
 * killed.
 */
export function dispatch(worker: Worker, invocation: Invocation, timeoutMs: number): void {
  const response = worker.next;
  if (response === undefined) throw new Error(`worker ${worker.id} is not waiting for an event`);
  delete worker.next;
  const traceRoot = newTraceRoot();
  worker.state = 'busy';
  worker.running = {
    invocation,
    started: performance.now(),
    traceRoot,
    logStart: invocation.withLog === true ? worker.log.size() : 0,
    ...(invocation.withLog === true && { usedBefore: usageOf(worker) }),
  };
  worker.timer = setTimeout(() => {
    const seconds = (timeoutMs / 1000).toFixed(2);
    settle(
      worker,
      errorResult(
        'Sandbox.Timedout',
        `RequestId: ${invocation.requestId} Error: Task timed out after ${seconds} seconds`,
      ),
    );
    killWorker(worker);
  }, timeoutMs);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': invocation.payload.byteLength,
    'lambda-runtime-aws-request-id': invocation.requestId,
    'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
    'lambda-runtime-trace-id': `Root=${traceRoot};Parent=${traceRoot.slice(-16)};Sampled=0`,
  });
  deliver(worker, response, invocation);
}

/** Sends the event itself, now or as late as its fault says. */
function deliver(worker: Worker, response: ServerResponse, { payload, fault }: Invocation): void {
  if (fault === undefined) {
    response.end(payload);
    return;
  }
  const { delayMs = 0, over, kind, isLate = false } = fault;
  const arrive = (): void => {
    if (response.writableEnded) return;
    response.end(payload, kind === 'kill' && !isLate ? () => crash(worker) : undefined);
  };
  const timer = setTimeout(arrive, over?.aborted === true ? 0 : delayMs);
  over?.addEventListener('abort', arrive, { once: true });
  response.once('close', () => {
    clearTimeout(timer);
    over?.removeEventListener('abort', arrive);
  });
}

/** Kills a worker that has an event, whose answer says so in Lambda's words. */
export function crash(worker: Worker): void {
  const running = unanswered(worker);
  if (running !== undefined) settle(worker, exitResult(running.requestId, 'signal: killed'));
  killWorker(worker);
}

/** The event that a worker has still to answer. */
export function unanswered({ running }: Worker): Invocation | undefined {
  return running?.result === undefined ? running?.invocation : undefined;
}

/** Ends a worker now, whatever it is doing. */
export function killWorker(worker: Worker): void {
  worker.state = 'stopped';
  if (worker.killCommand === undefined) {
    worker.process.kill('SIGKILL');
    return;
  }
  const [command, ...given] = worker.killCommand;
  // If the container is gone already, so is the reason to kill it.
  spawn(command, given, { stdio: 'ignore' }).once('error', () => worker.process.kill('SIGKILL'));
}

/** Gives the worker's event, if it has one that is not answered, its result; with a log, when the worker is through with it. */
export function settle(worker: Worker, result: InvocationResult): void {
  const { running } = worker;
  if (running === undefined || running.result !== undefined) return;
  running.result = result;
  running.durationMs = performance.now() - running.started;
  if (running.invocation.withLog !== true) running.invocation.settle(result);
}

/** Called when a worker has ended or asks for its next event: what it wrote for the last one is complete. */
export function finish(worker: Worker): void {
  clearTimeout(worker.timer);
  const { running, memoryMb } = worker;
  delete worker.running;
  if (running?.result === undefined || running.invocation.withLog !== true) return;
  const { result, durationMs = 0, logStart, invocation, usedBefore } = running;
  const used = usageSince(worker, usedBefore);
  invocation.settle({
    ...result,
    log: { text: worker.log.read(logStart), durationMs, memoryMb, used },
  });
}

/** Returns Lambda's answer when a function's process ends before its event is answered. */
export function exitResult(requestId: string, reason: string): InvocationResult {
  return errorResult(
    'Runtime.ExitError',
    `RequestId: ${requestId} Error: Runtime exited with error: ${reason}`,
  );
}

/** Returns Lambda's answer when a function's initialisation takes longer than allowed. */
export function initTimeoutResult(requestId: string, seconds: number): InvocationResult {
  return errorResult(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Initialisation timed out after ${seconds.toFixed(2)} seconds`,
  );
}
