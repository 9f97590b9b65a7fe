import { sameAccount } from '../account.ts';
import { jsonata } from '../jsonata.ts';
import { inScope, type Port } from '../ports.ts';
import type { Step } from '../step.ts';

/** Gives values without asking a function: JSONata by name. */
export function give(values: Readonly<Record<string, string>>): Step {
  const names = Object.keys(values);
  return {
    title: names.join(' and '),
    functions: [],
    quorum: 0,
    build(place) {
      const start = place.nameState(`Give ${names.join(' and ')}`);
      const outputs = Object.fromEntries(
        names.map((name) => [name, jsonata(inScope(values[name] ?? '', place.readables))]),
      );
      const given = names.map((name) => {
        const port: Port = { name, datatype: 'JSON' };
        return { port, at: `outputs.${name}` };
      });
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
