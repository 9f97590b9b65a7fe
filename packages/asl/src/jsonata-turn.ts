import { AslError } from './errors.ts';

/** An expression that took more processor time than any useful one; becomes `States.QueryEvaluationError`. */
class ProcessorTimeError extends AslError {
  override name = 'ProcessorTimeError';
}

/**
 * Most processor time of one evaluation. No source says that AWS has such a limit; here an expression that never ends
 * would hold the only thread. A thousand rows take a fiftieth of it.
 */
const limitMs = 2000;

/** How many steps of an evaluation pass between two looks at the clock. */
const stepsPerLook = 4096;

/** Deepest nesting of steps: some 6,000 calls inside each other, which already take 200 MB. */
const deepest = 20_000;

const waiting: (() => void)[] = [];
let busy = false;
let begun = 0;
let steps = 0;

/**
 * Waits until no other evaluation runs; returns undefined when none does. jsonata yields at each step though it never
 * waits for anything. Evaluations begun at once would take turns, and each would be charged the time of the others.
 * `endTurn` has to follow.
 */
export function takeTurn(): Promise<void> | undefined {
  if (busy) return new Promise((resolve) => waiting.push(resolve));
  begin();
  return undefined;
}

/** Lets the next evaluation begin. */
export function endTurn(): void {
  busy = false;
  const next = waiting.shift();
  if (!next) return;
  begin();
  next();
}

function begin(): void {
  busy = true;
  steps = 0;
}

/**
 * Options that make jsonata end an evaluation above the limit. jsonata reads `timeout` before each step and would compare
 * it with the time of day; it finds none, and what is watched instead is the thread's processor time.
 *
 * @throws {ProcessorTimeError} from within an evaluation
 */
export const evaluationLimits: Readonly<{ stack: number; timeout: number }> = {
  stack: deepest,
  get timeout(): number {
    if (steps % stepsPerLook === 0) watch();
    steps += 1;
    return 0;
  },
};

function watch(): void {
  const { user, system } = process.threadCpuUsage();
  const now = (user + system) / 1000;
  if (steps === 0) begun = now;
  else if (now - begun > limitMs)
    throw new ProcessorTimeError(`It took more than ${limitMs} ms of processor time.`);
}
