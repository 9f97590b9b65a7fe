import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import type { JobProgram } from './local-job.ts';

/** How an attempt ended, in Batch's words. */
export interface Ending {
  readonly statusReason: string;
  readonly exitCode?: number;
  readonly reason?: string;
}

/** Why a process is stopped; a reason of its own is that of TerminateJob. */
export type Stop = 'timeout' | 'interruption' | { readonly reason: string };

/** A job's process. */
export interface RunningAttempt {
  readonly pid: number | undefined;
  readonly ended: Promise<Ending>;
  /** Asks it to end, and ends it for good after a while. The first reason counts. */
  stop(why: Stop): void;
  /** Ends it now; what it was doing is of no interest any more. */
  kill(): void;
}

const exited = 'Essential container in task exited';
const interrupted = 'Your Spot Task was interrupted.';

const reasons: Readonly<Record<'timeout' | 'interruption', string>> = {
  timeout: 'Job attempt duration exceeded timeout',
  interruption: interrupted,
};

/** Tells the end of a process that was not asked to. One that a signal ended, from anywhere, is a loss of Spot capacity. */
function endingOf(code: number | null, signal: NodeJS.Signals | null, isOnSpot: boolean): Ending {
  const exitCode = signal === null ? (code ?? 0) : 128 + constants.signals[signal];
  return { exitCode, statusReason: signal !== null && isOnSpot ? interrupted : exited };
}

/** What a process is run with. */
export interface AttemptOptions {
  readonly program: JobProgram;
  /** File that its output is appended to. */
  readonly log: string;
  readonly isOnSpot: boolean;
  /** From the request to end until it is killed, in milliseconds. */
  readonly graceMs: number;
}

/** Runs a job's program once, in a process group of its own, so that what it starts ends with it. */
export function runAttempt({ program, log, isOnSpot, graceMs }: AttemptOptions): RunningAttempt {
  const output = openSync(log, 'a');
  let child: ChildProcess;
  try {
    child = spawn(program.command, program.arguments, {
      env: program.environment,
      ...(program.directory !== undefined && { cwd: program.directory }),
      stdio: ['ignore', output, output],
      detached: true,
    });
  } finally {
    closeSync(output);
  }
  let why: Stop | undefined;
  let timer: NodeJS.Timeout | undefined;

  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  const kill = (): void => {
    const [command, ...given] = program.killCommand ?? [];
    if (command === undefined) signalGroup('SIGKILL');
    // If the container is gone already, so is the reason to kill it.
    else spawn(command, given, { stdio: 'ignore' }).once('error', () => signalGroup('SIGKILL'));
  };

  const ended = new Promise<Ending>((resolve) => {
    child.once('error', ({ message }) =>
      resolve({
        statusReason: 'Task failed to start',
        reason: `CannotStartContainerError: ${message}`,
      }),
    );
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      const ending = endingOf(code, signal, isOnSpot);
      // One that was asked to end, and had ended by itself with success, has succeeded.
      if (why === undefined || (why === 'interruption' && ending.exitCode === 0)) resolve(ending);
      else
        resolve({ ...ending, statusReason: typeof why === 'object' ? why.reason : reasons[why] });
    });
  });

  return {
    pid: child.pid,
    ended,
    stop(reason) {
      if (why !== undefined) return;
      why = reason;
      signalGroup('SIGTERM');
      timer = setTimeout(kill, graceMs);
    },
    kill,
  };
}
