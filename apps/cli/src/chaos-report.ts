import { type Fault, type Faults, targetText } from './chaos-cloud.ts';
import { program } from './program.ts';
import { renderTable } from './table.ts';

/** `250 ms`, `2 s`, `1.5 min`. */
function shownTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const isShort = ms < 60_000;
  return `${Number((ms / (isShort ? 1000 : 60_000)).toPrecision(3))} ${isShort ? 's' : 'min'}`;
}

/** `15:04:05`, on the clock of the person. */
const clockTime = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB');

const shownShare = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

/** Returns what a person is told of a fault that has started. */
export function renderStart(fault: Fault): readonly string[] {
  const { target, share, forMs, byMs, endsAt, seed } = fault;
  const name = targetText(target);
  const by = byMs === undefined ? '' : ` by ${shownTime(byMs)}`;
  const of = share === 1 ? 'every request' : `${shownShare(share)} of the requests`;
  return [
    `${fault.fault} ${name}${by}: ${of}, for ${shownTime(forMs)}, until ${clockTime(endsAt)}. --seed ${seed} hits the same ones again.`,
    `Next: ${program} chaos list shows what it hits; ${program} chaos stop ${name} ends it`,
  ];
}

/** Returns what a person is told of a fault that was ended. */
export function renderStop({ fault, target, hit, seen }: Fault): string {
  return `${fault} ${targetText(target)} has ended: ${hit} of ${seen} requests hit`;
}

const common = ({ fault, target, byMs, share }: Fault) => [
  fault,
  targetText(target),
  byMs === undefined ? undefined : shownTime(byMs),
  shownShare(share),
];

/**
 * Returns the faults that run, and those that have ended.
 *
 * @param now in epoch milliseconds
 */
export function renderFaults({ running, ended }: Faults, now: number): readonly string[] {
  const header = ['fault', 'of', 'by', 'share'];
  const runs =
    running.length === 0
      ? ['No fault runs.']
      : [
          renderTable(
            [...header, 'left', 'hit', 'seen', 'seed'],
            running.map((each) => [
              ...common(each),
              shownTime(Math.max(0, Date.parse(each.endsAt) - now)),
              each.hit,
              each.seen,
              String(each.seed),
            ]),
          ),
        ];
  if (ended.length === 0) return runs;
  const rows = ended.map((each) => [
    ...common(each),
    clockTime(each.startedAt),
    clockTime(each.endsAt),
    each.hit,
    each.seen,
    String(each.seed),
  ]);
  return [
    ...runs,
    '',
    'Ended, the latest first:',
    renderTable([...header, 'from', 'to', 'hit', 'seen', 'seed'], rows),
  ];
}
