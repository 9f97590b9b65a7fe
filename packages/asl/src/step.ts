import type { Variables } from './query.ts';

/** The result of a state: its output, the next state, and the variables to set on the way. */
export interface Step {
  readonly output: unknown;
  /** The next state's name; `undefined` ends the graph. */
  readonly next: string | undefined;
  readonly assign: Variables | undefined;
}
