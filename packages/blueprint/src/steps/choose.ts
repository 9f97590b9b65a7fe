import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import type { Given } from '../outcome.ts';
import { inScope, shownPorts } from '../ports.ts';
import { type Fragment, functionsOf, type Step } from '../step.ts';

/** Returns the outputs that several steps have in common, whichever of them was done. */
export function commonOf(title: string, givens: readonly [Given, ...Given[]]): Given {
  const [first, ...others] = givens;
  const outputs = first.outputs.filter((output) =>
    others.every((given) =>
      given.outputs.some((each) => JSON.stringify(each) === JSON.stringify(output)),
    ),
  );
  return { outputs, voices: [{ name: title, outputs }] };
}

/** @throws {BlueprintError} when steps of which one is done give nothing alike */
export function assertAlike(title: string, given: Given, fragments: readonly Fragment[]): void {
  if (given.outputs.length > 0) return;
  const sides = fragments.map((each) => shownPorts(each.given.outputs.map(({ port }) => port)));
  throw new BlueprintError(
    `${title}: what is given must not depend on which is chosen, but it is ${sides.join(' or ')}`,
  );
}

/** Does the one step or the other, by a condition: JSONata over what may be read there, such as `$location != null`. */
export function choose(
  condition: string,
  { use, otherwise }: { readonly use: Step; readonly otherwise: Step },
): Step {
  const title = `${use.title} or ${otherwise.title}`;
  return {
    title,
    functions: functionsOf([use, otherwise]),
    quorum: Math.min(use.quorum, otherwise.quorum),
    build(place) {
      const start = place.nameState('Choose');
      const [yes, no] = [use.build(place), otherwise.build(place)];
      const given = commonOf(title, [yes.given, no.given]);
      assertAlike(title, given, [yes, no]);
      return {
        start,
        states: {
          [start]: {
            Type: 'Choice',
            Choices: [{ Condition: jsonata(inScope(condition, place.readables)), Next: yes.start }],
            Default: no.start,
          },
          ...yes.states,
          ...no.states,
        },
        given,
      };
    },
  };
}
