import type { JSX } from 'preact';
import type { AlignedData } from 'uplot';
import { usePlot } from './use-plot.ts';

/** A line of a chart: one value for each x; null where there is none. */
interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Name of a custom property of the style sheet. */
  readonly color: '--accent' | '--warn' | '--control';
  /** A limit is drawn broken. */
  readonly isLimit?: boolean;
}

interface LineChartProps {
  readonly title: string;
  /** The unit of x: `seconds`. */
  readonly along: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
}

const height = 180;

/** The last value of each line, for those who do not see it. */
function spoken({ title, lines }: LineChartProps): string {
  const values = lines.map(({ name, values }) => `${name} ${values.at(-1) ?? 'not known'}`);
  return `${title}: ${values.join(', ')}`;
}

/** Lines over time; the last values stand below it as text. */
export function LineChart(props: LineChartProps): JSX.Element {
  const { title, along, x, lines } = props;
  const data = [x, ...lines.map(({ values }) => values)] as unknown as AlignedData;
  // The lines of a chart stay the same; only their values change.
  const place = usePlot(
    (colorOf) => {
      const ink = colorOf('--muted');
      const grid = { stroke: colorOf('--line'), width: 1 };
      return {
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false } },
        axes: [
          { stroke: ink, grid, label: along, labelSize: 18, size: 34 },
          { stroke: ink, grid, size: 56 },
        ],
        series: [
          {},
          ...lines.map(({ name, color, isLimit }) => ({
            label: name,
            stroke: colorOf(color),
            width: isLimit === true ? 1 : 2,
            ...(isLimit === true && { dash: [5, 4] }),
            points: { show: false },
          })),
        ],
      };
    },
    data,
    { key: title, height },
  );
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={place} role="img" aria-label={spoken(props)} />
      <p class="legend">
        {lines.map(({ name, values, color, isLimit }) => (
          <span key={name} class={`key ${color.slice(2)} ${isLimit === true ? 'limit' : ''}`}>
            {name} {shown(values.at(-1))}
          </span>
        ))}
      </p>
    </figure>
  );
}

const shown = (value: number | null | undefined): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(3))) : '';
