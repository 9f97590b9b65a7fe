import type { InvocationContext } from '../handler.ts';
import type { Fields } from '../log.ts';

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Adds two texts of counts of one version: a column's entries follow each other, and are summed by their reader. */
function addTexts(a: string, b: string): string {
  const others = b.split('|').map((side) => side.split(';'));
  return a
    .split('|')
    .map((side, index) =>
      side
        .split(';')
        .map((column, place) =>
          [column, others[index]?.[place] ?? ''].filter((each) => each !== '').join(','),
        )
        .join(';'),
    )
    .join('|');
}

function addFields(a: Fields, b: Fields): Fields {
  const [rows, refused] = ['rows', 'refused'].map((name) => number(a[name]) + number(b[name]));
  const texts = [a['counts'], b['counts']].filter((each) => typeof each === 'string');
  const [first, second] = texts;
  const counts = first !== undefined && second !== undefined ? addTexts(first, second) : first;
  return {
    ...(rows ? { rows } : {}),
    ...(refused ? { refused } : {}),
    ...(counts !== undefined && { counts }),
  };
}

/** Lets an invocation count as one question more: its log line has the sum of those that it has answered. */
export function addCount(context: InvocationContext, count: () => Fields): void {
  const { count: before } = context;
  context.count = before === undefined ? count : () => addFields(before(), count());
}
