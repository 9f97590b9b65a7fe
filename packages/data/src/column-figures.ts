import type { CellRule } from './cells.ts';
import type { ColumnRule } from './rules.ts';
import type { ColumnFigures } from './validation-report.ts';

/** Sums up a column in one pass (Welford 1962). */
export function collectFigures({ name, kind, categories }: ColumnRule) {
  let values = 0;
  let missing = 0;
  let invalid = 0;
  let mean = 0;
  let squares = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  const rows = new Map<number, number>();

  function addValue(value: number): void {
    values += 1;
    const difference = value - mean;
    mean += difference / values;
    squares += difference * (value - mean);
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    if (categories !== undefined) rows.set(value, (rows.get(value) ?? 0) + 1);
  }

  return {
    /** @param value - what the cell reader gave */
    add: (value: number | CellRule): void => {
      if (typeof value === 'number') {
        if (Number.isNaN(value)) missing += 1;
        else addValue(value);
      } else if (value === 'missing') missing += 1;
      else invalid += 1;
    },
    list: (): ColumnFigures => {
      const ofValues = (figure: number) => (values === 0 ? null : figure);
      return {
        name,
        kind,
        values,
        missing,
        invalid,
        minimum: ofValues(minimum),
        maximum: ofValues(maximum),
        mean: ofValues(mean),
        std: ofValues(Math.sqrt(squares / values)),
        ...(categories !== undefined && {
          categories: categories.map((value, position) => ({
            value,
            rows: rows.get(typeof value === 'string' ? position : value) ?? 0,
          })),
        }),
      };
    },
  };
}
