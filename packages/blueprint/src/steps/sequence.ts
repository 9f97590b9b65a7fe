import { accountOfInput } from '../account.ts';
import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { variableOf } from '../names.ts';
import type { Output, States } from '../outcome.ts';
import type { Readable } from '../ports.ts';
import { type Fragment, functionsOf, type Place, type Step } from '../step.ts';

/** Returns the outputs of a step as variables that the next steps read. */
export function remembered(
  outputs: readonly Output[],
  from: string,
  { nameVariable, scope }: Place,
): {
  readonly assign: Readonly<Record<string, string>>;
  readonly readables: readonly Readable[];
} {
  const kept = outputs.map(({ port, at }) => ({
    port,
    value: jsonata(`$states.input.${at}`),
    variable: nameVariable(variableOf(port.name), scope),
  }));
  return {
    assign: Object.fromEntries(kept.map(({ variable, value }) => [variable, value])),
    readables: kept.map(({ port, variable }) => ({ port, from, value: jsonata(`$${variable}`) })),
  };
}

/** Does one step after the other; each reads what those before gave. The first that fails is the failure of all. */
export function sequence(...steps: readonly [Step, ...Step[]]): Step {
  return {
    title: steps.map(({ title }) => title).join(', '),
    functions: functionsOf(steps),
    quorum: steps.reduce((sum, { quorum }) => sum + quorum, 0),
    build: (place) => buildFrom(steps, place),
  };
}

/** Builds the last step at `place`, and each before it so that it leads to the next. */
function buildFrom([step, ...rest]: readonly Step[], place: Place): Fragment {
  if (step === undefined) throw new BlueprintError('a sequence has no step');
  if (rest.length === 0) return step.build(place);
  const after = place.nameState(`After ${step.title}`);
  const first = step.build({ ...place, answered: { Next: after } });
  const { assign, readables } = remembered(first.given.outputs, step.title, place);
  const others = buildFrom(rest, {
    ...place,
    readables: [...place.readables, ...readables],
    follows: true,
    isLate: true,
  });
  const states: States = {
    ...first.states,
    [after]: {
      Type: 'Pass',
      ...(Object.keys(assign).length > 0 && { Assign: assign }),
      Output: accountOfInput,
      Next: others.start,
    },
    ...others.states,
  };
  return { start: first.start, states, given: others.given };
}
