import type { CellRule } from './cells.ts';
import type { ColumnRule } from './rules.ts';
import type { BadValue, BrokenRule, Problem } from './validation-report.ts';

/** Rows that are named for each problem. */
const named = 5;

/** Longest text that is shown of a value. */
const longestText = 80;

/** Returns a cell as a report shows it. */
export function shownValue(cell: unknown): string | number | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** Says what a cell of this column must be. */
export function expectation(rule: CellRule, column: ColumnRule): string {
  const { name, minimum, maximum, categories = [] } = column;
  const told: Readonly<Record<CellRule, string>> = {
    missing: `'${name}' must not be missing`,
    number: `'${name}' must be a number`,
    minimum: `'${name}' must be at least ${minimum}`,
    maximum: `'${name}' must be at most ${maximum}`,
    category: `'${name}' must be one of ${categories.slice(0, 20).join(', ')}${categories.length > 20 ? ', …' : ''}`,
  };
  return told[rule];
}

/** The problems found so far. */
export interface Problems {
  /** Notes that a row breaks a rule; `message` is asked for only the first time. */
  readonly add: (
    rule: BrokenRule,
    row: number,
    value: unknown,
    message: () => string,
    column?: string,
  ) => void;
  /** Notes a problem of the file as a whole. */
  readonly addOfFile: (rule: BrokenRule, message: string, column?: string) => void;
  readonly list: () => readonly Problem[];
}

/** Collects problems by rule and column: how many rows have each, and the first of them. */
export function collectProblems(): Problems {
  const found = new Map<
    string,
    {
      readonly rule: BrokenRule;
      readonly column?: string;
      readonly message: string;
      count: number;
      readonly first: BadValue[];
    }
  >();
  return {
    /** Notes that a row breaks a rule; `message` is asked for only the first time. */
    add: (
      rule: BrokenRule,
      row: number,
      value: unknown,
      message: () => string,
      column?: string,
    ) => {
      const key = `${rule} ${column ?? ''}`;
      const problem = found.get(key) ?? {
        rule,
        ...(column !== undefined && { column }),
        message: message(),
        count: 0,
        first: [],
      };
      problem.count += 1;
      if (problem.first.length < named) problem.first.push({ row, value: shownValue(value) });
      found.set(key, problem);
    },
    addOfFile: (rule, message, column) => {
      found.set(`${rule} ${column ?? ''}`, {
        rule,
        ...(column !== undefined && { column }),
        message,
        count: 1,
        first: [],
      });
    },
    list: () => [...found.values()],
  };
}
