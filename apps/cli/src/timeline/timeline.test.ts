import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barOf, drawTimeline } from './draw-timeline.ts';
import { timelineOfHistory } from './of-history.ts';
import { readTimeline, type TimedStep } from './timeline.ts';

const step = (name: string, startMs: number, endMs: number, more: Partial<TimedStep> = {}) => ({
  function: name,
  startMs,
  endMs,
  attempts: 1,
  ...more,
});

const ms = fc.double({ min: 0, max: 1e6, noNaN: true });

describe('a bar', () => {
  it('is as wide as every other, one piece within it, and one character at least', () => {
    fc.assert(
      fc.property(
        ms,
        ms,
        ms,
        fc.option(ms, { nil: undefined }),
        (start, more, rest, durationMs) => {
          const whole = start + more + rest;
          const bar = barOf(
            step('x', start, start + more, durationMs === undefined ? {} : { durationMs }),
            whole,
          );
          expect(bar).toMatch(/^ *░*█* *$/);
          expect(bar).toHaveLength(40);
          expect(bar.trim().length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('begins no sooner, and ends no sooner, than that of a step before it', () => {
    fc.assert(
      fc.property(ms, ms, ms, ms, (start, later, length, longer) => {
        const whole = start + later + length + longer;
        const first = barOf(step('a', start, start + length), whole);
        const second = barOf(step('b', start + later, start + later + length + longer), whole);
        expect(second.search(/\S/)).toBeGreaterThanOrEqual(first.search(/\S/));
        expect(second.trimEnd().length).toBeGreaterThanOrEqual(first.trimEnd().length);
      }),
    );
  });

  it('shows the work at its end, and the time around it before', () => {
    expect(barOf(step('x', 0, 100, { durationMs: 25 }), 100)).toBe('░'.repeat(30) + '█'.repeat(10));
    expect(barOf(step('x', 50, 100), 100)).toBe(' '.repeat(20) + '█'.repeat(20));
    // What a function says of itself may be longer than it was waited for.
    expect(barOf(step('x', 50, 100, { durationMs: 900 }), 100)).toBe(
      ' '.repeat(20) + '█'.repeat(20),
    );
  });

  it('is drawn whatever the numbers are', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.double(), fc.double(), (a, b, c, d) => {
        fc.pre([a, b, c, d].every(Number.isFinite));
        expect(barOf(step('x', a, b, { durationMs: c }), d)).toHaveLength(40);
      }),
    );
  });
});

it('a timeline is drawn in the order of the beginnings, with what is known of each', () => {
  const text = drawTimeline({
    startedAt: '2026-11-29T18:00:00.000Z',
    durationMs: 100,
    steps: [
      step('random-forest', 50, 100, { version: 'v3', coldStart: true, durationMs: 20 }),
      step('locate', 0, 50, { attempts: 2 }),
      step('svr', 50, 75, { error: 'States.Timeout' }),
      step('last', 75, 100, { isRunning: true }),
    ],
  });
  expect(text.split('\n')).toEqual([
    '2026-11-29T18:00:00.000Z, 100 ms',
    `locate        |${'█'.repeat(20)}${' '.repeat(20)}| 50 ms, 2 attempts`,
    `svr           |${' '.repeat(20)}${'█'.repeat(10)}${' '.repeat(10)}| 25 ms, failed: States.Timeout`,
    `random-forest |${' '.repeat(20)}${'░'.repeat(12)}${'█'.repeat(8)}| 50 ms, v3, cold`,
    `last          |${' '.repeat(30)}${'█'.repeat(10)}| 25 ms, still running`,
  ]);
  expect(drawTimeline({ startedAt: 'now', durationMs: 1, steps: [] })).toContain(
    'no step was asked',
  );
});

describe('a timeline', () => {
  const trace = {
    startedAt: '2026-11-29T18:00:00.000Z',
    durationMs: 3,
    steps: [step('svr', 0, 3, { version: 'v1', coldStart: false, durationMs: 1 })],
  };

  it('is read from an answer, from one of the Open Inference Protocol, and by itself', () => {
    expect(readTimeline({ predictions: [], trace })).toEqual(trace);
    expect(readTimeline({ parameters: { chorus_trace: JSON.stringify(trace) } })).toEqual(trace);
    expect(readTimeline(trace)).toEqual(trace);
  });

  it('is none where an answer has none', () => {
    for (const answer of [undefined, null, 1, 'x', [], {}, { trace: {} }, { predictions: [] }])
      expect(readTimeline(answer)).toBeUndefined();
    fc.assert(fc.property(fc.jsonValue(), (value) => void readTimeline(value)));
  });
});

describe('the history of a standard execution', () => {
  const at = (second: number) => new Date(1_700_000_000_000 + second * 1000);
  const entered = (id: number, previousEventId: number, second: number, name: string) => ({
    id,
    previousEventId,
    timestamp: at(second),
    type: 'TaskStateEntered' as const,
    stateEnteredEventDetails: { name },
  });
  const exited = (id: number, previousEventId: number, second: number, name: string) => ({
    id,
    previousEventId,
    timestamp: at(second),
    type: 'TaskStateExited' as const,
    stateExitedEventDetails: { name },
  });
  const scheduled = (id: number, previousEventId: number, second: number) => ({
    id,
    previousEventId,
    timestamp: at(second),
    type: 'TaskScheduled' as const,
  });
  const failed = (id: number, previousEventId: number, second: number, error: string) => ({
    id,
    previousEventId,
    timestamp: at(second),
    type: 'TaskFailed' as const,
    taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error },
  });
  const started = {
    id: 1,
    previousEventId: 0,
    timestamp: at(0),
    type: 'ExecutionStarted' as const,
  };

  it('is a timeline with attempts, of branches too, and what has not ended', () => {
    const timeline = timelineOfHistory([
      started,
      entered(2, 0, 1, 'One'),
      entered(3, 0, 1, 'Two'),
      scheduled(4, 2, 1),
      scheduled(5, 3, 1),
      failed(6, 4, 2, 'Lambda.Unknown'),
      scheduled(7, 6, 3),
      exited(8, 7, 4, 'One'),
      failed(9, 5, 5, 'States.Timeout'),
      exited(10, 9, 5, 'Two'),
      entered(11, 10, 6, 'Three'),
      scheduled(12, 11, 8),
    ]);
    expect(timeline).toEqual({
      startedAt: at(0).toISOString(),
      durationMs: 8000,
      steps: [
        { function: 'One', startMs: 1000, endMs: 4000, attempts: 2 },
        { function: 'Two', startMs: 1000, endMs: 5000, attempts: 1, error: 'States.Timeout' },
        { function: 'Three', startMs: 6000, endMs: 8000, attempts: 1, isRunning: true },
      ],
    });
  });

  it('has the states that take time only, and a Parallel from its beginning to its end', () => {
    const { steps } = timelineOfHistory([
      started,
      {
        id: 2,
        previousEventId: 0,
        timestamp: at(0),
        type: 'ParallelStateEntered',
        stateEnteredEventDetails: { name: 'Both' },
      },
      entered(3, 2, 1, 'One'),
      scheduled(4, 3, 1),
      exited(5, 4, 2, 'One'),
      {
        id: 6,
        previousEventId: 5,
        timestamp: at(3),
        type: 'ParallelStateExited',
        stateExitedEventDetails: { name: 'Both' },
      },
      {
        id: 7,
        previousEventId: 6,
        timestamp: at(3),
        type: 'PassStateEntered',
        stateEnteredEventDetails: { name: 'Answer' },
      },
    ]);
    expect(steps.map((each) => [each.function, each.startMs, each.endMs])).toEqual([
      ['Both', 0, 3000],
      ['One', 1000, 2000],
    ]);
    expect(timelineOfHistory([]).steps).toEqual([]);
  });
});
