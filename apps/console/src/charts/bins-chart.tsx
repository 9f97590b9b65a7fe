import type { JSX } from 'preact';
import uPlot from 'uplot';
import { usePlot } from './use-plot.ts';

/** The share of values in a bin, in the training and now, from 0 to 1. */
export interface Bin {
  /** `2.5 to 7.1`, or a category. */
  readonly name: string;
  readonly expected: number;
  readonly found: number;
}

const height = 150;

/** Names along the axis: so many, and so many letters of each, have room. */
const most = { names: 4, letters: 10 } as const;

/** Returns a name that has room; of a long range of numbers, where it begins. */
function shortName(name: string): string {
  if (name.length <= most.letters) return name;
  const [begin = ''] = name.split(' to ');
  return `${begin.slice(0, most.letters - 1)}…`;
}

export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** Says where a feature has changed most, for those who do not see the bars. */
function spoken(name: string, bins: readonly Bin[]): string {
  const [changed] = bins.toSorted(
    (one, other) => Math.abs(other.found - other.expected) - Math.abs(one.found - one.expected),
  );
  if (changed === undefined) return name;
  const { expected, found } = changed;
  return `${name}, most different at ${changed.name}: ${percent(expected)} in the training, ${percent(found)} now`;
}

/** How values fell into the bins of the training, and how they fall now: two bars for each bin. */
export function BinsChart(props: {
  readonly name: string;
  readonly bins: readonly Bin[];
}): JSX.Element {
  const { name, bins } = props;
  const shares = [bins.map(({ expected }) => expected), bins.map(({ found }) => found)] as const;
  const step = Math.ceil(bins.length / most.names);
  const place = usePlot(
    (colorOf) => {
      const grid = { stroke: colorOf('--line'), width: 1 };
      const ink = colorOf('--muted');
      const bars = (label: string, color: '--control' | '--accent', align: -1 | 1) => ({
        label,
        fill: colorOf(color),
        width: 0,
        points: { show: false },
        ...(uPlot.paths.bars !== undefined && { paths: uPlot.paths.bars({ size: [0.4], align }) }),
      });
      return {
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: () => [-0.6, bins.length - 0.4] },
          y: { range: (_, __, largest) => [0, largest > 0 ? largest * 1.05 : 1] },
        },
        axes: [
          {
            stroke: ink,
            grid: { show: false },
            size: 26,
            splits: () => bins.map((_, bin) => bin).filter((bin) => bin % step === 0),
            values: (_, at) => at.map((bin) => shortName(bins[bin]?.name ?? '')),
          },
          { stroke: ink, grid, size: 44, values: (_, at) => at.map(percent) },
        ],
        series: [{}, bars('training', '--control', -1), bars('now', '--accent', 1)],
      };
    },
    [bins.map((_, bin) => bin), shares[0].slice(), shares[1].slice()],
    { key: `${name} ${bins.length}`, height },
  );
  return (
    <figure class="chart">
      <figcaption>{name}</figcaption>
      <div ref={place} role="img" aria-label={spoken(name, bins)} />
    </figure>
  );
}
