/** How often two versions decide differently in one output: its class, or its most probable one. */
export interface Disagreement {
  readonly output: string;
  /** Decisions compared. */
  readonly decisions: number;
  /** Share of them that differ, 0 to 1. */
  readonly share: number;
  /** The least that the share is among all requests like these, with 99 % confidence (Wilson's interval). */
  readonly shareAtLeast: number;
  /** |new - old| of the probability that moved most in a row, on average; null of classes that come without. */
  readonly probability: number | null;
  /** The least that this is among all requests like these, with 99 % confidence. */
  readonly probabilityAtLeast: number | null;
}

interface Sums {
  decisions: number;
  unequal: number;
  /** Rows of probabilities; the sum of the largest difference in each, and of its square. */
  rows: number;
  difference: number;
  squares: number;
}

/** The decisions seen so far, by output. */
export type DecisionSums = Map<string, Sums>;

function sumsOf(sums: DecisionSums, name: string): Sums {
  const found = sums.get(name) ?? { decisions: 0, unequal: 0, rows: 0, difference: 0, squares: 0 };
  sums.set(name, found);
  return found;
}

/** Adds the classes of two answers; where one has more than the other, the rest is unequal. */
export function addClasses(
  sums: DecisionSums,
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
): void {
  const sum = sumsOf(sums, name);
  const longer = before.length > after.length ? before : after;
  sum.decisions += longer.length;
  sum.unequal += longer.filter((_, index) => before[index] !== after[index]).length;
}

/** Returns the index of the largest number; the first one of several. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce(
    (best, value, index) => (value > (numbers[best] ?? Number.NaN) ? index : best),
    0,
  );
}

/** Adds one row's probabilities of the same classes in the same order. */
function addRow(sum: Sums, before: readonly number[], after: readonly number[]): void {
  sum.decisions += 1;
  if (largest(before) !== largest(after)) sum.unequal += 1;
  const differences = before.map((value, index) => Math.abs((after[index] ?? value) - value));
  sum.rows += 1;
  const most = differences.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), 0);
  sum.difference += most;
  sum.squares += most * most;
}

/** Adds the probabilities of two answers: rows of `width` classes. */
export function addProbabilities(
  sums: DecisionSums,
  name: string,
  width: number,
  before: readonly number[],
  after: readonly number[],
): void {
  const sum = sumsOf(sums, name);
  for (let start = 0; start < before.length; start += width)
    addRow(sum, before.slice(start, start + width), after.slice(start, start + width));
}

/** Classes as texts, and the probability of each. */
type Ranking = readonly [classes: readonly unknown[], probabilities: readonly number[]];

/** Returns the probability of each class in one row. */
function probabilitiesIn([classes, probabilities]: Ranking, rows: number, row: number) {
  const width = classes.length / rows;
  const found = new Map<unknown, number>();
  for (let index = row * width; index < (row + 1) * width; index++)
    found.set(classes[index], probabilities[index] ?? 0);
  return found;
}

/**
 * Adds classes that each answer gives in an order of its own, with their probabilities. A class that one version does
 * not name has the probability 0 there.
 *
 * @returns why they cannot be compared; undefined when they were
 */
export function addRanking(
  sums: DecisionSums,
  name: string,
  rows: number,
  before: Ranking,
  after: Ranking,
): string | undefined {
  for (const [classes, probabilities] of [before, after])
    if (classes.length !== probabilities.length || classes.length % rows !== 0)
      return `the output ${name} has ${classes.length} classes for ${rows} rows, and ${probabilities.length} probabilities`;
  const sum = sumsOf(sums, name);
  for (let row = 0; row < rows; row++) {
    const [old, next] = [before, after].map((each) => probabilitiesIn(each, rows, row));
    const classes = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])];
    const [olds, nexts] = [old, next].map((found) => classes.map((each) => found?.get(each) ?? 0));
    addRow(sum, olds ?? [], nexts ?? []);
  }
  return undefined;
}

/** The standard normal distribution's value at 99 %. */
const deviations = 2.326;

/** Returns the lower end of Wilson's interval for a share. */
function leastShare(share: number, count: number): number {
  const square = deviations ** 2;
  const half = deviations * Math.sqrt(share * (1 - share) * count + square / 4);
  return Math.max(0, (share * count + square / 2 - half) / (count + square));
}

/** Returns the least that a mean is, by the values' own variance. */
function leastMean(mean: number, squares: number, count: number): number {
  const variance = Math.max(0, squares / count - mean * mean);
  return Math.max(0, mean - deviations * Math.sqrt(variance / count));
}

function disagreementOf(output: string, sums: Sums): Disagreement {
  const { decisions, unequal, rows, difference, squares } = sums;
  const share = unequal / decisions;
  const probability = rows === 0 ? null : difference / rows;
  return {
    output,
    decisions,
    share,
    shareAtLeast: leastShare(share, decisions),
    probability,
    probabilityAtLeast: probability === null ? null : leastMean(probability, squares, rows),
  };
}

/** Sums up each output's decisions. */
export function disagreementsOf(sums: DecisionSums): readonly Disagreement[] {
  return [...sums]
    .filter(([, { decisions }]) => decisions > 0)
    .map(([output, each]) => disagreementOf(output, each));
}
