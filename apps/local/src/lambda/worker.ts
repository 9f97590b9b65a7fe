import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { watchMemory } from './memory-watch.ts';

/** An event on its way to a worker, and where its answer goes. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: Uint8Array;
  /** When it was asked for, on the monotonic clock, in milliseconds. */
  readonly since: number;
  settle(result: InvocationResult): void;
}

/** What a function answered: its JSON, or the JSON of its error. */
export interface InvocationResult {
  readonly payload: Uint8Array;
  readonly functionError?: 'Unhandled';
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

/** How the workers of a function are started. */
export interface WorkerCommand {
  readonly functionName: string;
  /**
   * The program of a worker.
   *
   * @param workerId unique among all workers
   * @param runtimeApi the worker's AWS_LAMBDA_RUNTIME_API
   */
  program(workerId: string, runtimeApi: string): WorkerProgram;
  /** Where standard output and error go: a file opened for appending. */
  readonly log: number;
  /** What a process may use where nothing else limits it, as a container's engine does. */
  readonly memoryMb: number;
}

type WorkerState = 'starting' | 'idle' | 'busy' | 'stopped';

/** One execution environment: a process that takes one event at a time through the Lambda Runtime API. */
export interface Worker {
  readonly id: string;
  state: WorkerState;
  /** When it last became idle, on the monotonic clock, in milliseconds. */
  idleSince: number;
  readonly process: ChildProcess;
  readonly killCommand: WorkerProgram['killCommand'];
  /** The held `invocation/next` request of an idle worker. */
  next?: ServerResponse;
  invocation?: Invocation;
  timer?: NodeJS.Timeout;
}

const errorResult = (errorType: string, errorMessage: string): InvocationResult => ({
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
): Worker {
  const id = randomUUID();
  const {
    command,
    arguments: given,
    environment,
    killCommand,
  } = start.program(id, `${runtimeApi}/${id}`);
  const child = spawn(command, given, {
    env: environment,
    stdio: ['ignore', start.log, start.log],
    detached: true,
  });
  const worker: Worker = { id, state: 'starting', idleSince: 0, process: child, killCommand };
  if (killCommand === undefined) limitMemory(worker, start);
  child.once('error', (error) => onExit(worker, `could not be started: ${error.message}`));
  child.once('exit', (code, signal) =>
    onExit(worker, signal === null ? `exit status ${code}` : `signal: ${signal}`),
  );
  return worker;
}

/** Ends a worker that uses more than its function's memory, as Lambda does, in Lambda's words. */
function limitMemory(worker: Worker, { log, memoryMb }: WorkerCommand): void {
  const isBusy = () => worker.state !== 'idle';
  watchMemory(worker.process, { memoryMb, isBusy }, (usedMb) => {
    writeSync(log, `Memory Size: ${memoryMb} MB, in use: ${usedMb} MB: the process is ended\n`);
    const { invocation } = worker;
    if (invocation !== undefined)
      settle(worker, exitResult(invocation.requestId, 'signal: killed'));
    killWorker(worker);
  });
}

/** Hands an event to an idle worker; after `timeoutMs` without an answer the worker is killed. */
export function dispatch(worker: Worker, invocation: Invocation, timeoutMs: number): void {
  const response = worker.next;
  if (response === undefined) throw new Error(`worker ${worker.id} is not waiting for an event`);
  delete worker.next;
  worker.state = 'busy';
  worker.invocation = invocation;
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
  });
  response.end(invocation.payload);
}

/** Ends a worker now, whatever it is doing. */
export function killWorker(worker: Worker): void {
  if (worker.killCommand === undefined) {
    worker.process.kill('SIGKILL');
    return;
  }
  const [command, ...given] = worker.killCommand;
  // If the container is gone already, so is the reason to kill it.
  spawn(command, given, { stdio: 'ignore' }).once('error', () => worker.process.kill('SIGKILL'));
}

/** Ends the worker's invocation, if it has one, with a result. */
export function settle(worker: Worker, result: InvocationResult): void {
  clearTimeout(worker.timer);
  const { invocation } = worker;
  delete worker.invocation;
  invocation?.settle(result);
}

/** What Lambda answers when a function's process ends before its event is answered. */
export function exitResult(requestId: string, reason: string): InvocationResult {
  return errorResult(
    'Runtime.ExitError',
    `RequestId: ${requestId} Error: Runtime exited with error: ${reason}`,
  );
}

/** What Lambda answers when a function's initialisation takes longer than allowed. */
export function initTimeoutResult(requestId: string, seconds: number): InvocationResult {
  return errorResult(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Initialisation timed out after ${seconds.toFixed(2)} seconds`,
  );
}
