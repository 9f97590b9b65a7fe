import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';

/** One question of an execution, in milliseconds since it began. */
interface TimedStep {
  readonly function: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attempts: number;
  readonly version: string | undefined;
  readonly coldStart: boolean;
  readonly error: string | undefined;
  readonly isRunning: boolean;
}

/** When each part of an execution began and ended. */
export interface Timeline {
  readonly durationMs: number;
  readonly steps: readonly TimedStep[];
}

const optional = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Reads the timeline of an answer or of an execution; undefined when it has none. */
export function readTimeline(value: unknown): Timeline | undefined {
  const { durationMs, steps } = asRecord(value);
  if (typeof durationMs !== 'number') return undefined;
  return {
    durationMs,
    steps: asList(steps).map((each) => {
      const step = asRecord(each);
      return {
        function: String(step['function']),
        startMs: Number(step['startMs']),
        endMs: Number(step['endMs']),
        attempts: Number(step['attempts'] ?? 1),
        version: optional(step['version']),
        coldStart: step['coldStart'] === true,
        error: optional(step['error']),
        isRunning: step['isRunning'] === true,
      };
    }),
  };
}

function detailOf({ startMs, endMs, attempts, version, coldStart, error, isRunning }: TimedStep) {
  return [
    `${(endMs - startMs).toFixed(1)} ms`,
    version,
    coldStart ? 'cold' : undefined,
    attempts > 1 ? `${attempts} attempts` : undefined,
    isRunning ? 'running' : undefined,
    error,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** A timeline as bars. */
export function TimelineBars({ timeline }: { readonly timeline: Timeline }): JSX.Element {
  const { durationMs, steps } = timeline;
  const percent = (ms: number): string => `${(100 * ms) / Math.max(durationMs, 0.001)}%`;
  return (
    <ol class="timeline" aria-label={`Timeline of ${durationMs.toFixed(1)} ms`}>
      {steps.map((step, index) => (
        <li key={`${step.function} ${step.startMs} ${index}`}>
          <span class="step">{step.function}</span>
          <span class="track" aria-hidden="true">
            <span
              class={step.error === undefined ? 'bar' : 'bar failed'}
              style={{
                insetInlineStart: percent(step.startMs),
                width: `max(3px, ${percent(step.endMs - step.startMs)})`,
              }}
            />
          </span>
          <span class="detail">{detailOf(step)}</span>
        </li>
      ))}
    </ol>
  );
}
