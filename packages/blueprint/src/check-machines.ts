import { BlueprintError } from './errors.ts';
import type { Blueprint } from './types.ts';

/**
 * Checks the names of a blueprint's state machines: those of its workflows, and those that are made of them.
 *
 * @throws {BlueprintError} for a name that two have, of which one would answer for the other
 */
export function checkMachines({
  workflows,
  machines = [],
}: Pick<Blueprint, 'workflows' | 'machines'>): void {
  const names = [...workflows, ...machines].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new BlueprintError(
      `there are two state machines with the name ${twice}: give the workflow ${twice} another name`,
    );
}
