import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';
import { LineChart } from './line-chart.tsx';

/** One moment of a promotion: its figures, and the limits it is judged by. */
interface Moment {
  readonly phase: string;
  readonly seconds: number;
  readonly requests: number;
  readonly errors: number;
  readonly p95: number | null;
  readonly liveP95: number | null;
  /** The largest p95 that the new version may have. */
  readonly p95Limit: number | null;
  /** Mean difference of the answers in standard deviations; null for other answers than numbers. */
  readonly divergence: number | null;
  readonly divergenceLimit: number;
  readonly errorLimit: number;
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function readMoment(value: unknown): Moment {
  const { phase, seen, gates } = asRecord(value);
  const { old, new: next, divergence, elapsedMs } = asRecord(seen);
  const limits = asRecord(gates);
  const liveP95 = numberOf(asRecord(old)['p95']);
  const { mean, spread } = asRecord(divergence);
  return {
    phase: String(phase),
    seconds: Number(elapsedMs) / 1000,
    requests: Number(asRecord(next)['requests']),
    errors: Number(asRecord(next)['errors']),
    p95: numberOf(asRecord(next)['p95']),
    liveP95,
    p95Limit:
      liveP95 === null
        ? null
        : Math.max(liveP95 * Number(limits['p95Ratio']), liveP95 + Number(limits['p95SlackMs'])),
    divergence:
      typeof mean === 'number' && typeof spread === 'number' && spread > 0 ? mean / spread : null,
    divergenceLimit: Number(limits['meanDivergence']),
    errorLimit: Number(limits['errorRate']),
  };
}

/** A promotion while it runs: what its gates look at, with their limits. */
export function PromotionChart(props: {
  readonly measured: readonly unknown[];
}): JSX.Element | null {
  const moments = asList(props.measured).map(readMoment);
  const last = moments.at(-1);
  if (last === undefined) return null;
  const phase = moments.filter((each) => each.phase === last.phase);
  const x = phase.map(({ seconds }) => seconds);
  return (
    <section aria-label="Gates">
      <p>
        <strong>{last.phase === 'shadow' ? 'Shadow' : 'Canary'}</strong>: {last.requests} requests,{' '}
        {last.errors} failed (at most {last.errorLimit * 100} % more than of the live version)
      </p>
      <LineChart
        key={`p95 ${last.phase}`}
        title="p95 in ms"
        along="seconds"
        x={x}
        lines={[
          { name: 'new', values: phase.map(({ p95 }) => p95), color: '--accent' },
          { name: 'live', values: phase.map(({ liveP95 }) => liveP95), color: '--control' },
          {
            name: 'limit',
            values: phase.map(({ p95Limit }) => p95Limit),
            color: '--warn',
            isLimit: true,
          },
        ]}
      />
      {last.divergence !== null && (
        <LineChart
          key={`divergence ${last.phase}`}
          title="Mean difference of the answers, in standard deviations"
          along="seconds"
          x={x}
          lines={[
            {
              name: 'difference',
              values: phase.map(({ divergence }) => divergence),
              color: '--accent',
            },
            {
              name: 'limit',
              values: phase.map(({ divergenceLimit }) => divergenceLimit),
              color: '--warn',
              isLimit: true,
            },
          ]}
        />
      )}
    </section>
  );
}
