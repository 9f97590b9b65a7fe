import type { TimedStep, Timeline } from './timeline.ts';

/** Characters of a bar. */
const barWidth = 40;

/** What a bar is made of: a function at work, and the time around it. */
const marks = { work: '█', wait: '░' } as const;

/** Returns a number of milliseconds for people: `0.4`, `12`, `1,250`. */
function shownMs(ms: number): string {
  return ms.toLocaleString('en-US', { maximumFractionDigits: ms < 10 ? 1 : 0 });
}

/**
 * Returns the bar of a step, always of the same width: blank, then the time around its function, then its function at work. A step
 * takes one character at least, however short it was.
 *
 * @param wholeMs what the width stands for
 */
export function barOf({ startMs, endMs, durationMs }: TimedStep, wholeMs: number): string {
  const whole = Math.max(wholeMs, 1e-9);
  const at = (ms: number) =>
    Math.min(barWidth, Math.max(0, Math.round((Math.max(0, ms) / whole) * barWidth)));
  const start = Math.min(at(startMs), barWidth - 1);
  const end = Math.max(at(endMs), start + 1);
  // Without a time of its own all of it is work, as far as is known.
  const worked = durationMs === undefined ? end - start : at(durationMs);
  const work = Math.min(end - start, Math.max(worked, 0));
  const wait = end - start - work;
  return [
    ' '.repeat(start),
    marks.wait.repeat(wait),
    marks.work.repeat(work),
    ' '.repeat(barWidth - end),
  ].join('');
}

/** What is said of a step behind its bar. */
function notesOf({ startMs, endMs, attempts, version, coldStart, ...others }: TimedStep): string {
  return [
    `${shownMs(Math.max(0, endMs - startMs))} ms`,
    ...(version === undefined ? [] : [version]),
    ...(coldStart === undefined ? [] : [coldStart ? 'cold' : 'warm']),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(others.error === undefined ? [] : [`failed: ${others.error}`]),
    ...(others.isRunning === true ? ['still running'] : []),
  ].join(', ');
}

/** Draws a timeline: one bar for each step, in the order of their beginnings, on one scale. */
export function drawTimeline({ startedAt, durationMs, steps }: Timeline): string {
  const whole = Math.max(durationMs, ...steps.map(({ endMs }) => endMs));
  const width = Math.max(0, ...steps.map((each) => each.function.length));
  return [
    `${startedAt}, ${shownMs(durationMs)} ms`,
    ...(steps.length === 0 ? ['no step was asked'] : []),
    ...steps
      .toSorted((one, other) => one.startMs - other.startMs || one.endMs - other.endMs)
      .map((step) => `${step.function.padEnd(width)} |${barOf(step, whole)}| ${notesOf(step)}`),
  ].join('\n');
}
