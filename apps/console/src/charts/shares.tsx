import type { JSX } from 'preact';

/** How values fell into the bins of the training, and how they fall now. */
interface SharesProps {
  readonly name: string;
  readonly expected: readonly number[];
  readonly found: readonly number[];
}

const height = 46;
const binWidth = 14;

/** Bars in pairs: light for the training, dark for now. What they say stands in the table beside them. */
export function Shares({ name, expected, found }: SharesProps): JSX.Element {
  const largest = Math.max(...expected, ...found, Number.MIN_VALUE);
  const bar = (share: number): number => (height * share) / largest;
  return (
    <svg
      class="shares"
      role="img"
      aria-label={`Shares of the bins of ${name}, in the training and now`}
      width={Math.max(1, expected.length) * binWidth}
      height={height}
    >
      {expected.map((share, bin) => {
        const now = found[bin] ?? 0;
        const x = bin * binWidth;
        return (
          <g key={`bin ${x}`}>
            <rect class="expected" x={x} y={height - bar(share)} width="6" height={bar(share)} />
            <rect class="found" x={x + 6} y={height - bar(now)} width="6" height={bar(now)} />
          </g>
        );
      })}
    </svg>
  );
}
