/** A cell: numbers are aligned right, an absent value is a dash. */
export type Cell = string | number | undefined;

/** Digits after the point in a column that holds a number which is not whole. */
const decimals = 3;

/** Rows as columns that line up, two spaces apart; a column with a number in it is aligned right. */
export function renderTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const columns = header.map((name, index) =>
    renderColumn(
      name,
      rows.map((row) => row[index]),
    ),
  );
  return [header, ...rows]
    .map((_, line) =>
      columns
        .map((column) => column[line])
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A number with so many digits after the point; what rounds to zero has no sign. */
function rounded(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^-(?=[0.]+$)/, '');
}

/** The header and the cells of one column, all of one width. */
function renderColumn(name: string, cells: readonly Cell[]): readonly string[] {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  const digits = numbers.every(Number.isInteger) ? 0 : decimals;
  const texts = [
    name,
    ...cells.map((cell) => (typeof cell === 'number' ? rounded(cell, digits) : (cell ?? '-'))),
  ];
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => (numbers.length > 0 ? text.padStart(width) : text.padEnd(width)));
}
