import { BlueprintError } from '../errors.ts';
import { busVariable, pascalCase } from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** A bus that a function puts events on. */
export interface BusLink {
  readonly kind: 'bus';
  readonly bus: string;
}

/** Lets a function put events on a bus, by its name in the blueprint. The function finds the bus's name in `<NAME>_BUS`. */
export function bus(name: string): BusLink {
  return { kind: 'bus', bus: name };
}

/** @throws {BlueprintError} if there is no such bus */
export function needsOfBus({ bus: name }: BusLink, { buses }: Named): Needs {
  if (!buses.includes(name)) throw new BlueprintError(`there is no bus ${name}`);
  const itself = { kind: 'bus', bus: name } as const;
  return {
    variables: { [busVariable(name)]: itself },
    statements: [
      { sid: `PutOn${pascalCase(name)}`, actions: ['events:PutEvents'], resources: [itself] },
    ],
  };
}
