import type { MeasuredSize } from './sizes.ts';

const height = 10;
const columnWidth = 8;

/** Returns the line of each value, 0 at the bottom; the largest is at the top. */
function lines(values: readonly number[]): readonly number[] {
  const most = Math.max(...values);
  return values.map((value) => (most > 0 ? Math.round((value / most) * (height - 1)) : 0));
}

/**
 * Draws latency and cost over the sizes, each in proportion to its largest value: `o` is the latency in the middle, `$` the cost,
 * `*` both.
 */
export function drawCurve(sizes: readonly MeasuredSize[]): readonly string[] {
  const latency = lines(sizes.map(({ p50Ms }) => p50Ms));
  const cost = lines(sizes.map(({ perMillion }) => perMillion));
  const markAt = (line: number, index: number): string => {
    const isLatency = latency[index] === line;
    const isCost = cost[index] === line;
    return isLatency && isCost ? '*' : isLatency ? 'o' : isCost ? '$' : ' ';
  };
  const rows = Array.from({ length: height }, (_, row) => {
    const marks = sizes.map((_size, index) =>
      markAt(height - 1 - row, index).padStart(columnWidth),
    );
    return `  |${marks.join('')}`.trimEnd();
  });
  const names = sizes.map(({ memoryMb }) => String(memoryMb).padStart(columnWidth)).join('');
  return [...rows, `  +${'-'.repeat(columnWidth * sizes.length + 1)}`, `   ${names} MB`];
}
