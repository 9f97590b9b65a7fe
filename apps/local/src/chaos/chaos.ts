import { type Clock, wallClock } from '@chorus/asl';
import { draw } from './draw.ts';
import { ChaosError } from './errors.ts';
import {
  type FaultOrder,
  type FaultReport,
  type FaultTarget,
  faultKinds,
  type Strike,
  targetText,
} from './fault.ts';
import { endLine, startLine } from './lines.ts';

export interface ChaosOptions {
  /** Everything that may have a fault, as it is now. */
  targets(): readonly FaultTarget[];
  /** Called with a line for a person when a fault starts or ends. */
  report(line: string): void;
  /** @default the time of day */
  readonly clock?: Clock;
}

/** The faults of a cloud, in its memory: a restart ends them. */
export interface Chaos {
  targets(): readonly FaultTarget[];
  /** Starts a fault; one of the same kind and target ends for it. @throws {ChaosError} if there is no such target */
  start(order: FaultOrder): FaultReport;
  /** Ends the faults of a target, or all. @returns those that ran */
  stop(target?: FaultTarget): readonly FaultReport[];
  running(): readonly FaultReport[];
  /** Those that ended last, the latest first. */
  ended(): readonly FaultReport[];
  /** Whether no fault runs at all. */
  isQuiet(): boolean;
  /** Decides what goes wrong with a request to a target; undefined for nothing. */
  strike(kind: FaultTarget['kind'], name: string): Strike | undefined;
  /** Ends all faults without a word. */
  close(): void;
}

/** How many faults that have ended are remembered. */
const remembered = 20;

interface Fault extends FaultOrder {
  readonly startedMs: number;
  endsMs: number;
  seen: number;
  hit: number;
  readonly stopped: AbortController;
}

function reportOf(fault: Fault, ended?: FaultReport['ended']): FaultReport {
  const { startedMs, endsMs, stopped: _, ...rest } = fault;
  return {
    ...rest,
    startedAt: new Date(startedMs).toISOString(),
    endsAt: new Date(endsMs).toISOString(),
    ...(ended && { ended }),
  };
}

/** Returns whether the next request is among those that a fault hits, and counts it. */
function hits(fault: Fault): boolean {
  const purpose = `${fault.fault} ${targetText(fault.target)}`;
  const isHit = draw(fault.seed, purpose, fault.seen) < fault.share;
  fault.seen += 1;
  if (isHit) fault.hit += 1;
  return isHit;
}

/** Of all requests whose worker is killed, every other one has its work done by then. */
const isLate = (fault: Fault): boolean =>
  draw(fault.seed, `late ${targetText(fault.target)}`, fault.seen) < 0.5;

/** Returns what faults do to the next request: the first that refuses or spoils it is the last that sees it. */
function strikeOf(faults: readonly Fault[]): Strike | undefined {
  let late: Pick<Strike, 'delayMs' | 'over'> | undefined;
  for (const fault of faults) {
    if (!hits(fault)) continue;
    if (fault.fault === 'slow') late = { delayMs: fault.byMs ?? 0, over: fault.stopped.signal };
    else
      return {
        kind: fault.fault,
        ...late,
        ...(fault.fault === 'kill' && { isLate: isLate(fault) }),
      };
  }
  return late;
}

/** Starts without any fault. */
export function createChaos({ targets, report, clock = wallClock }: ChaosOptions): Chaos {
  /** By target, in the order in which they are looked at. */
  const faults = new Map<string, readonly Fault[]>();
  const past: FaultReport[] = [];
  const all = (): readonly Fault[] => [...faults.values()].flat();

  function end(fault: Fault, why: NonNullable<FaultReport['ended']>): FaultReport {
    const key = targetText(fault.target);
    const others = (faults.get(key) ?? []).filter((each) => each !== fault);
    if (others.length > 0) faults.set(key, others);
    else faults.delete(key);
    fault.stopped.abort();
    fault.endsMs = Math.min(fault.endsMs, clock.now());
    const ended = reportOf(fault, why);
    past.unshift(ended);
    past.splice(remembered);
    report(endLine(ended));
    return ended;
  }

  function assertTarget(target: FaultTarget): void {
    const isThere = targets().some(
      ({ kind, name }) => kind === target.kind && name === target.name,
    );
    if (!isThere) throw new ChaosError(`There is no ${target.kind} ${target.name}`);
  }

  return {
    targets,
    start(order) {
      assertTarget(order.target);
      const key = targetText(order.target);
      for (const former of faults.get(key) ?? [])
        if (former.fault === order.fault) end(former, 'replaced');
      const startedMs = clock.now();
      const stopped = new AbortController();
      const fault: Fault = {
        ...order,
        startedMs,
        endsMs: startedMs + order.forMs,
        seen: 0,
        hit: 0,
        stopped,
      };
      const inOrder = [...(faults.get(key) ?? []), fault].sort(
        (one, other) => faultKinds.indexOf(one.fault) - faultKinds.indexOf(other.fault),
      );
      faults.set(key, inOrder);
      clock.sleep(order.forMs, stopped.signal).then(
        () => end(fault, 'time'),
        // It was stopped before its time.
        () => {},
      );
      const started = reportOf(fault);
      report(startLine(started));
      return started;
    },
    stop(target) {
      if (target !== undefined) assertTarget(target);
      const stopping = target === undefined ? all() : (faults.get(targetText(target)) ?? []);
      return stopping.map((fault) => end(fault, 'stopped'));
    },
    running: () => all().map((fault) => reportOf(fault)),
    ended: () => past,
    isQuiet: () => faults.size === 0,
    strike(kind, name) {
      if (faults.size === 0) return undefined;
      const found = faults.get(targetText({ kind, name }));
      return found && strikeOf(found);
    },
    close() {
      for (const { stopped } of all()) stopped.abort();
      faults.clear();
    },
  };
}
