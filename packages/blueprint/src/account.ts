/** The account that a step's outcome gives of its functions, as JSONata; see `Step`. */

import { jsonata } from './jsonata.ts';
import type { State, States, To } from './outcome.ts';
import type { Place } from './step.ts';

/** Both parts of an account as they came in. */
export const accountOfInput: State = {
  models: jsonata('$states.input.models'),
  failed: jsonata('$states.input.failed'),
};

/** The account of a step that asks no model: what came in. */
export function sameAccount({ follows }: Pick<Place, 'follows'>): State {
  return follows ? accountOfInput : { models: {}, failed: {} };
}

/** JSONata of the failures that made an outcome fail. */
export const refusedOf = (outcome: string): string =>
  `$exists(${outcome}.refused) ? ${outcome}.refused : ${outcome}.failed`;

/** A Choice cannot end a branch: a state that does, or the one that follows. */
export function land(
  { nameState }: Pick<Place, 'nameState'>,
  to: To,
  wish: string,
  output: unknown,
): { readonly next: string; readonly states: States } {
  if ('Next' in to) return { next: to.Next, states: {} };
  const next = nameState(wish);
  return { next, states: { [next]: { Type: 'Pass', Output: output, End: true } } };
}
