import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ProbeError } from './errors.ts';
import type { Port } from './ports.ts';
import type { ProbeOrder, ProbeReply, ProbeTensor } from './probe-messages.ts';

/** Limits of a probe. */
export interface ProbeLimits {
  /** For each step: opening the model, and answering once. @default 20000 */
  readonly milliseconds?: number;
  /** Resident memory of the process. @default 3 GB and four times the file */
  readonly megabytes?: number;
}

/** A model that is open in a process of its own. */
export interface Probe {
  /** Asks it once. @throws {ProbeError} if it does not answer, or not within its limits */
  run(
    inputs: readonly ProbeTensor[],
    outputs: readonly Pick<Port, 'name' | 'datatype'>[],
  ): Promise<readonly ProbeTensor[]>;
  /** False once it was killed for going over its limits. */
  isOpen(): boolean;
  close(): void;
}

/** Signals of a fault in machine code, which more memory does not mend. */
const crashes: ReadonlySet<string> = new Set(['SIGFPE', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGABRT']);

/** Time between two looks at the process's memory. */
const lookEveryMs = 50;

/** Returns a process's resident memory in MB; 0 where that cannot be seen, or when it has ended. */
async function residentMb(pid: number | undefined): Promise<number> {
  // Linux. Elsewhere the time limit alone holds.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Sends an order and waits for its reply, within the limits. */
function ask(
  child: ChildProcess,
  order: ProbeOrder,
  what: string,
  limits: Required<ProbeLimits>,
): Promise<ProbeReply> {
  const { promise, resolve, reject } = Promise.withResolvers<ProbeReply>();
  const stop = (message: string): void => {
    child.kill('SIGKILL');
    reject(new ProbeError(message));
  };
  const late = setTimeout(
    () =>
      stop(
        `The model did not ${what} within ${limits.milliseconds / 1000} s: look for a loop without an end`,
      ),
    limits.milliseconds,
  );
  const watch = setInterval(() => {
    residentMb(child.pid).then((megabytes) => {
      if (megabytes > limits.megabytes)
        stop(
          `The model took more than ${Math.round(limits.megabytes)} MB to ${what}: look for a constant or a Range without an end`,
        );
    }, reject);
  }, lookEveryMs);
  const ended = (code: number | null, signal: string | null): void =>
    reject(
      new ProbeError(
        `The process ended (${signal ?? `code ${code}`}) when the model was to ${what}: ${crashes.has(signal ?? '') ? 'an operator of ONNX Runtime fails in a way that ends its process: export the model without it' : 'it may need more memory than this machine has'}`,
      ),
    );
  child.once('message', resolve);
  child.once('exit', ended);
  child.once('error', reject);
  child.send(order);
  return promise.finally(() => {
    clearTimeout(late);
    clearInterval(watch);
    child.off('message', resolve).off('exit', ended).off('error', reject);
  });
}

/**
 * Opens a model in a process of its own, with limits on time and memory.
 *
 * @param file the ONNX file
 * @throws {ProbeError} if ONNX Runtime does not open it, or not within the limits
 */
export async function openProbe(
  file: string,
  {
    optimize,
    bytes,
    limits = {},
  }: { readonly optimize: boolean; readonly bytes: number; readonly limits?: ProbeLimits },
): Promise<Probe> {
  const within = {
    milliseconds: limits.milliseconds ?? 20_000,
    megabytes: limits.megabytes ?? 3_072 + (4 * bytes) / 2 ** 20,
  };
  const child = fork(fileURLToPath(new URL('./probe-process.ts', import.meta.url)), {
    serialization: 'advanced',
    // ONNX Runtime writes warnings about a model's shapes, which the probe finds out itself.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const close = (): void => {
    child.kill('SIGKILL');
  };
  try {
    const opened = await ask(child, { kind: 'open', file, optimize }, 'open', within);
    if (opened.kind === 'failed') throw new ProbeError(opened.reason);
  } catch (error) {
    close();
    throw error;
  }
  return {
    async run(inputs, outputs) {
      const wanted = outputs.map(({ name, datatype }) => ({ name, datatype }));
      const reply = await ask(child, { kind: 'run', inputs, outputs: wanted }, 'answer', within);
      if (reply.kind === 'answered') return reply.outputs;
      throw new ProbeError(reply.kind === 'failed' ? reply.reason : 'no answer');
    },
    isOpen: () => child.connected && !child.killed,
    close,
  };
}
