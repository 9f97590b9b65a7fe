import { movableClock } from '@chorus/asl';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Chaos, createChaos } from './chaos.ts';
import type { FaultOrder, FaultTarget, Strike } from './fault.ts';

const model: FaultTarget = { kind: 'function', name: 'model' };
const table: FaultTarget = { kind: 'table', name: 'model' };
const noon = Date.UTC(2026, 10, 29, 12);

let clock: ReturnType<typeof movableClock>;
let lines: string[];
let chaos: Chaos;
beforeEach(() => {
  clock = movableClock(noon);
  lines = [];
  chaos = createChaos({
    targets: () => [model, table],
    report: (line) => lines.push(line),
    clock,
  });
});

const failing: FaultOrder = { fault: 'fail', target: model, share: 1, forMs: 60_000, seed: 7 };
const strikes = (count: number, of: FaultTarget = model): (Strike | undefined)[] =>
  Array.from({ length: count }, () => chaos.strike(of.kind, of.name));
/** Lets what the clock has woken run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a fault', () => {
  it('hits what it is of, and nothing else of that name', () => {
    chaos.start(failing);
    expect(chaos.strike('function', 'model')).toEqual({ kind: 'fail' });
    expect(chaos.strike('table', 'model')).toBeUndefined();
    expect(chaos.strike('function', 'other')).toBeUndefined();
  });

  it('ends by itself, and tells when it starts and ends and what it hit', async () => {
    expect(chaos.isQuiet()).toBe(true);
    chaos.start({ ...failing, fault: 'slow', byMs: 1500, share: 0.25 });
    chaos.start(failing);
    strikes(3);
    clock.advance(59_999);
    await settled();
    expect(chaos.running().map(({ fault, hit, seen }) => [fault, hit, seen])).toEqual([
      ['fail', 3, 3],
      ['slow', 0, 0],
    ]);
    clock.advance(1);
    await settled();
    expect([chaos.isQuiet(), chaos.strike('function', 'model')]).toEqual([true, undefined]);
    expect(chaos.ended()).toMatchObject([
      { fault: 'fail', ended: 'time', startedAt: '2026-11-29T12:00:00.000Z', seen: 3, hit: 3 },
      { fault: 'slow', ended: 'time', endsAt: '2026-11-29T12:01:00.000Z', seen: 0, hit: 0 },
    ]);
    expect(lines).toEqual([
      'chaos: slow model by 1.5 s, 25 % of its requests, for 60 s (until 2026-11-29T12:01:00.000Z, seed 7)',
      'chaos: fail model, every request, for 60 s (until 2026-11-29T12:01:00.000Z, seed 7)',
      'chaos: slow model has ended: its time is over; 0 of 0 requests hit',
      'chaos: fail model has ended: its time is over; 3 of 3 requests hit',
    ]);
  });

  it('is replaced by another of its kind, and keeps those of other kinds', () => {
    chaos.start(failing);
    chaos.start({ ...failing, fault: 'kill' });
    chaos.start({ ...failing, share: 0.5 });
    expect(chaos.running().map(({ fault, share }) => [fault, share])).toEqual([
      ['fail', 0.5],
      ['kill', 1],
    ]);
    expect(chaos.ended()).toMatchObject([{ fault: 'fail', share: 1, ended: 'replaced' }]);
  });

  it('is stopped with all of its target, or with all others', () => {
    chaos.start(failing);
    chaos.start({ ...failing, target: table });
    clock.advance(1000);
    expect(chaos.stop(table)).toMatchObject([
      { target: table, ended: 'stopped', endsAt: '2026-11-29T12:00:01.000Z' },
    ]);
    expect(chaos.running()).toMatchObject([{ target: model }]);
    expect(chaos.stop()).toMatchObject([{ target: model }]);
    expect([chaos.stop(), clock.sleepers]).toEqual([[], []]);
  });

  it('is refused for what is not there', () => {
    const target = { kind: 'table', name: 'other' } as const;
    expect(() => chaos.start({ ...failing, target })).toThrow('There is no table other');
    expect(() => chaos.stop(target)).toThrow('There is no table other');
  });

  it('leaves nothing that runs when the cloud closes', async () => {
    chaos.start(failing);
    const before = lines.length;
    chaos.close();
    await settled();
    expect([chaos.isQuiet(), clock.sleepers, lines.length]).toEqual([true, [], before]);
  });

  it('is remembered for a while', () => {
    for (let count = 0; count < 30; count += 1) chaos.start({ ...failing, seed: count });
    expect(chaos.ended().map(({ seed }) => seed)).toEqual(
      Array.from({ length: 20 }, (_, index) => 28 - index),
    );
  });
});

describe('the requests that are hit', () => {
  it('are the same again with the same seed, and others with another', () => {
    const hitBy = (seed: number): (Strike | undefined)[] => {
      chaos.start({ ...failing, share: 0.5, seed });
      return strikes(64);
    };
    const first = hitBy(1);
    expect(hitBy(1)).toEqual(first);
    expect(hitBy(2)).not.toEqual(first);
  });

  it('are a share of all, whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0.05, 0.2, 0.5, 0.95), (seed, share) => {
        chaos.start({ ...failing, share, seed });
        const hit = strikes(2000).filter((strike) => strike !== undefined).length;
        // Six standard deviations.
        expect(Math.abs(hit - 2000 * share)).toBeLessThan(
          6 * Math.sqrt(2000 * share * (1 - share)),
        );
        expect(chaos.running()).toMatchObject([{ seen: 2000, hit }]);
      }),
      { numRuns: 20 },
    );
  });

  it('of a kill are hit before and after their work', () => {
    chaos.start({ ...failing, fault: 'kill' });
    const late = strikes(100).filter((strike) => strike?.isLate === true).length;
    expect(late).toBeGreaterThan(20);
    expect(late).toBeLessThan(80);
  });

  it('may be slow and damaged, but what is refused is nothing else', () => {
    for (const fault of ['corrupt', 'slow', 'throttle'] as const)
      chaos.start({ ...failing, fault, ...(fault === 'slow' && { byMs: 5 }) });
    expect(chaos.strike('function', 'model')).toEqual({ kind: 'throttle' });
    chaos.start({ ...failing, fault: 'throttle', share: 1e-9 });
    const strike = chaos.strike('function', 'model');
    expect(strike).toMatchObject({ kind: 'corrupt', delayMs: 5, over: { aborted: false } });
    expect(chaos.running().map(({ fault, hit, seen }) => [fault, hit, seen])).toEqual([
      ['throttle', 0, 1],
      ['slow', 1, 1],
      ['corrupt', 1, 1],
    ]);
    chaos.stop();
    expect(strike?.over?.aborted).toBe(true);
  });
});
