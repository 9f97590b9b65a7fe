import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MeasurementError } from '../errors.ts';
import { cpuTime } from '../measure/cpu-time.ts';
import type { Answer, OtherSide } from './other-side.ts';

/** A process to start. */
export interface Program {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** One start, from `spawn` to the first answer. */
export interface ColdStart {
  readonly wallMs: number;
  /** User and system time of the process, where the system tells. */
  readonly cpuMs: number | undefined;
}

/** The verdict on the process under the clock: ready, or failed. */
interface Referee {
  readonly finish: () => void;
  readonly fail: (reason: string) => void;
}

const patienceMs = 60_000;

/**
 * Starts a program, reads the clocks in the tick in which the referee says `finish`, and ends it.
 *
 * @param arm called before the start; returns the program
 * @param onOutput called at the first output
 */
async function timeUntil(
  arm: (referee: Referee) => Program,
  onOutput: (referee: Referee) => void,
): Promise<ColdStart> {
  const { promise, resolve, reject } = Promise.withResolvers<ColdStart>();
  let finish = () => {};
  let stderr = '';
  const referee: Referee = {
    finish: () => finish(),
    fail: (reason) => reject(new MeasurementError(`${program.arguments}: ${reason}\n${stderr}`)),
  };
  const program = arm(referee);
  const patience = setTimeout(() => referee.fail(`silent for ${patienceMs} ms`), patienceMs);

  const started = performance.now();
  const child = spawn(program.command, program.arguments, {
    env: program.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  finish = () => {
    const wallMs = performance.now() - started;
    resolve({ wallMs, cpuMs: cpuTime(child.pid ?? 0) });
  };
  const exited = once(child, 'exit');
  exited.then(([code, signal]) => referee.fail(`ended with ${code ?? signal}`), reject);
  child.stdout.once('data', () => onOutput(referee)).resume();
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  try {
    return await promise;
  } finally {
    clearTimeout(patience);
    child.kill('SIGKILL');
    await exited;
  }
}

/** Time until the program's first line on standard output; the program has to wait then. */
export function timeToFirstLine(program: Program): Promise<ColdStart> {
  return timeUntil(
    () => program,
    ({ finish }) => finish(),
  );
}

/** Tells whether a function answered with one finite number, as one row asks for. */
export function isPrice({ kind, body }: Answer): boolean {
  const { outputs } = body as { readonly outputs?: readonly { readonly data: unknown[] }[] };
  const data = outputs?.[0]?.data;
  return kind === 'response' && data?.length === 1 && Number.isFinite(data[0]);
}

/**
 * Time until a function has posted its answer to the first event: the process boots, gets its weights from S3 and
 * predicts one row. Its temporary folder is new, as that of a new Lambda environment.
 *
 * @param directory where the temporary folder may be
 * @throws {MeasurementError} when the answer is not a price
 */
export async function timeToFirstAnswer(
  program: Program,
  event: string,
  side: OtherSide,
  directory: string,
): Promise<ColdStart> {
  const temporary = await mkdtemp(join(directory, 'tmp-'));
  const arm = ({ finish, fail }: Referee): Program => {
    const runtimeApi = side.handOut(event, (answer) =>
      isPrice(answer) ? finish() : fail(`answered ${JSON.stringify(answer)}`),
    );
    const own = { TMPDIR: temporary, AWS_LAMBDA_RUNTIME_API: runtimeApi };
    return { ...program, environment: { ...program.environment, ...own } };
  };
  try {
    return await timeUntil(arm, () => {});
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
