/** One question of an execution, in milliseconds since it began. */
export interface TimedStep {
  readonly function: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attempts: number;
  /** Of a model. */
  readonly version?: string;
  /** How long its function worked at the last attempt; the rest was a start, a way, or other attempts. */
  readonly durationMs?: number;
  readonly coldStart?: boolean;
  /** The name of the error that it failed with. */
  readonly error?: string;
  /** It has not ended. */
  readonly isRunning?: boolean;
}

/** When each part of an execution began and ended. */
export interface Timeline {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly steps: readonly TimedStep[];
}

type Value = Readonly<Record<string, unknown>>;

const asRecord = (value: unknown): Value =>
  typeof value === 'object' && value !== null ? (value as Value) : {};

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

function readStep(value: unknown): readonly TimedStep[] {
  const { function: name, startMs, endMs, attempts, ...others } = asRecord(value);
  if (typeof name !== 'string' || !isNumber(startMs) || !isNumber(endMs)) return [];
  const { version, durationMs, coldStart, error, isRunning } = others;
  return [
    {
      function: name,
      startMs,
      endMs,
      attempts: isNumber(attempts) ? attempts : 1,
      ...(typeof version === 'string' && { version }),
      ...(isNumber(durationMs) && { durationMs }),
      ...(typeof coldStart === 'boolean' && { coldStart }),
      ...(typeof error === 'string' && { error }),
      ...(isRunning === true && { isRunning }),
    },
  ];
}

/**
 * Reads a timeline from an answer that has one: of `POST /predict/<workflow>?trace=1`, of the Open Inference Protocol with the
 * parameter `chorus_trace`, or by itself. Undefined where there is none.
 */
export function readTimeline(answer: unknown): Timeline | undefined {
  const { trace, parameters, ...itself } = asRecord(answer);
  const { chorus_trace: text } = asRecord(parameters);
  const told = typeof text === 'string' ? parse(text) : (trace ?? itself);
  const { startedAt, durationMs, steps } = asRecord(told);
  if (typeof startedAt !== 'string' || !isNumber(durationMs) || !Array.isArray(steps))
    return undefined;
  return { startedAt, durationMs, steps: steps.flatMap(readStep) };
}

/** Returns the value of JSON; undefined for a text that is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
