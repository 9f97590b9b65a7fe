import { type Cell, isMet, type Section, type Table, type Target } from './section.ts';

/** Three digits that count, no exponent, no decimals from 100 on: 0.0123, 1.23, 12.3, 1234. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(Math.max(2 - magnitude, 0), 6));
}

function formatCell(cell: Cell): string {
  if (cell === undefined) return '-';
  return typeof cell === 'number' ? formatNumber(cell) : cell;
}

/** A table that is as readable in a terminal as on a page: padded Markdown, numbers to the right. */
export function formatTable({ columns, rows }: Table): string {
  const texts = [columns, ...rows.map((row) => row.map(formatCell))];
  const right = columns.map((_, index) => rows.some((row) => typeof row[index] === 'number'));
  const widths = columns.map((_, index) =>
    Math.max(3, ...texts.map((row) => (row[index] ?? '').length)),
  );
  const lines = texts.map((row) =>
    widths.map((width, index) =>
      right[index] ? (row[index] ?? '').padStart(width) : (row[index] ?? '').padEnd(width),
    ),
  );
  const rule = widths.map((width, index) =>
    right[index] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [lines[0], rule, ...lines.slice(1)].map((row) => `| ${row?.join(' | ')} |`).join('\n');
}

const verdicts = new Map([
  [true, 'met'],
  [false, 'MISSED'],
  [undefined, 'not measured'],
]);

function formatTargets(targets: readonly Target[]): string {
  return formatTable({
    columns: ['ratio', 'measured', 'target', ''],
    rows: targets.map((target) => [
      target.what,
      target.measured,
      `${target.bound} ${target.limit}`,
      verdicts.get(isMet(target)),
    ]),
  });
}

/** A section as Markdown, from its heading on; `machine` says where and when. */
export function formatSection(section: Section, machine: string): string {
  const parts = [
    `## ${section.title}`,
    section.method,
    `${machine}.`,
    formatTable(section.table),
    ...(section.details === undefined ? [] : [formatTable(section.details)]),
    ...(section.targets.length === 0 ? [] : [formatTargets(section.targets)]),
    ...section.notes.map((note) => `- ${note}`),
  ];
  return `${parts.join('\n\n')}\n`;
}
