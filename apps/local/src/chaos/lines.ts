import { type FaultReport, targetText } from './fault.ts';

const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(3))} s`;

/** Returns what a fault does: `slow svr by 2 s, 20 % of its requests`. */
function what({ fault, target, byMs, share }: FaultReport): string {
  const by = byMs === undefined ? '' : ` by ${seconds(byMs)}`;
  const of =
    share === 1 ? 'every request' : `${Number((share * 100).toPrecision(3))} % of its requests`;
  return `${fault} ${targetText(target)}${by}, ${of}`;
}

/** Returns the line that tells of a fault's start. */
export function startLine(fault: FaultReport): string {
  return `chaos: ${what(fault)}, for ${seconds(fault.forMs)} (until ${fault.endsAt}, seed ${fault.seed})`;
}

const because: Readonly<Record<NonNullable<FaultReport['ended']>, string>> = {
  time: 'its time is over',
  stopped: 'it was stopped',
  replaced: 'another took its place',
};

/** Returns the line that tells of a fault's end. */
export function endLine(fault: FaultReport): string {
  const why = fault.ended === undefined ? '' : `: ${because[fault.ended]}`;
  return `chaos: ${fault.fault} ${targetText(fault.target)} has ended${why}; ${fault.hit} of ${fault.seen} requests hit`;
}
