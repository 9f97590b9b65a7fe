import { sameAccount } from '../account.ts';
import { jsonata } from '../jsonata.ts';
import { inScope } from '../ports.ts';
import type { Step } from '../step.ts';
import { expressionOfValue, portOfValue, type Value } from '../value.ts';

/** Gives values without asking a function: JSONata by name, or tensors that models take. */
export function give(values: Readonly<Record<string, Value>>): Step {
  const names = Object.keys(values);
  return {
    title: names.join(' and '),
    functions: [],
    quorum: 0,
    build(place) {
      const start = place.nameState(`Give ${names.join(' and ')}`);
      const outputs = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          jsonata(inScope(expressionOfValue(name, value), place.readables)),
        ]),
      );
      const given = Object.entries(values).map(([name, value]) => ({
        port: portOfValue(name, value),
        at: `outputs.${name}`,
      }));
      return {
        start,
        states: {
          [start]: { Type: 'Pass', Output: { outputs, ...sameAccount(place) }, ...place.answered },
        },
        given: { outputs: given, voices: [{ name: names.join(' and '), outputs: given }] },
      };
    },
  };
}
