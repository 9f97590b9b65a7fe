import { ownField, type QueryData } from '../query.ts';
import { declined } from './declined.ts';

/** What an expression can read: the execution's variables, and those it assigns itself, by block. */
export interface Scope {
  readonly data: QueryData;
  /** Variables of this block or function; those of the blocks around it are its prototypes. */
  readonly assigned: Record<string, unknown>;
  /** One for the whole evaluation. */
  readonly evaluation: Evaluation;
}

interface Evaluation {
  /** How many functions may still be called. */
  callsLeft: number;
}

/** An expression that calls more functions may be one that never ends: jsonata watches its processor time. */
const mostCalls = 100_000;

/** Returns the scope of an expression. */
export function outerScope(data: QueryData): Scope {
  const assigned = Object.create(null) as Record<string, unknown>;
  return { data, assigned, evaluation: { callsLeft: mostCalls } };
}

/** Returns a scope for a block or the body of a function, whose variables end with it. */
export function innerScope({ data, assigned, evaluation }: Scope): Scope {
  return { data, assigned: Object.create(assigned) as Record<string, unknown>, evaluation };
}

/** Returns a variable's value. One that nothing assigned may be the name of one of jsonata's own functions. */
export function readVariable(name: string, { data, assigned }: Scope): unknown {
  if (name in assigned) return assigned[name];
  const value = name === 'states' ? data.states : ownField(data.variables, name);
  if (value === undefined) throw declined;
  return value;
}

/** Tells whether a name is a variable of the execution, which then means none of jsonata's functions. */
export function isHidden(name: string, { data }: Scope): boolean {
  return Object.hasOwn(data.variables, name);
}

/** Counts a call of a function. */
export function countCall({ evaluation }: Scope): void {
  evaluation.callsLeft -= 1;
  if (evaluation.callsLeft < 0) throw declined;
}
