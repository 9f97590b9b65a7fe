import { type ColumnProblem, ColumnsError } from '../errors.ts';

const normalise = (name: string) => name.trim().toLowerCase();

function shown(names: readonly string[]): string {
  const few = names.slice(0, 30).map((name) => name.slice(0, 40));
  return `${few.join(', ')}${names.length > few.length ? ', …' : ''}`;
}

/**
 * Finds columns by their names, without regard to case and spaces around them.
 *
 * @returns their positions in `header`
 * @throws {ColumnsError} naming each column that is not there, or there twice
 */
export function findColumns(header: readonly string[], names: readonly string[]): number[] {
  const present = header.map(normalise);
  const problems: ColumnProblem[] = [];
  const positions = names.map((name) => {
    const wanted = normalise(name);
    const position = present.indexOf(wanted);
    if (position < 0) {
      // Said once: a file of other names lacks all of them.
      const others = problems.length === 0 ? `; the file has ${shown(header)}` : '';
      const message = `No column '${name}'${others}`;
      problems.push({ rule: 'column-missing', column: name, message });
    } else if (present.indexOf(wanted, position + 1) >= 0) {
      const message = `The file has column '${name}' twice`;
      problems.push({ rule: 'column-repeated', column: name, message });
    }
    return position;
  });
  if (problems.length > 0) throw new ColumnsError(problems);
  return positions;
}
