import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot, { type AlignedData, type Options } from 'uplot';

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
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const data = [x, ...lines.map(({ values }) => values)] as unknown as AlignedData;
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue('--muted');
    const grid = { stroke: style.getPropertyValue('--line'), width: 1 };
    const options: Options = {
      width: current.clientWidth,
      height,
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
          stroke: style.getPropertyValue(color),
          width: isLimit === true ? 1 : 2,
          ...(isLimit === true && { dash: [5, 4] }),
          points: { show: false },
        })),
      ],
    };
    const drawn = new uPlot(options, data, current);
    chart.current = drawn;
    const observer = new ResizeObserver(() =>
      drawn.setSize({ width: current.clientWidth, height }),
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
    // The lines of a chart stay the same; only their values change.
  }, [title]);
  useEffect(() => chart.current?.setData(data), [x.length]);
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
