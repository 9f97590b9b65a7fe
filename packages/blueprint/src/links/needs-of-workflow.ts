import { BlueprintError } from '../errors.ts';
import type { StateMachineSpec } from '../types.ts';
import { needsOfLink } from './link.ts';
import { mergeStatements } from './merge-statements.ts';
import type { Needs } from './needs.ts';
import { type Described, namesIn, variablesOf } from './needs-of-function.ts';

/**
 * Returns the needs of a workflow's links: the variables that its definition may name, and the rights of its state machine
 * beside those to ask its functions.
 *
 * @throws {BlueprintError} naming the workflow, if its links contradict each other or the blueprint
 */
export function needsOfWorkflow(
  { name, links = [] }: Pick<StateMachineSpec, 'name' | 'links'>,
  blueprint: Described,
): Needs {
  try {
    const named = namesIn(blueprint);
    const all = links.map((each) => needsOfLink(each, named));
    const statements = mergeStatements(all.flatMap((needs) => needs.statements));
    return { variables: variablesOf(all), statements };
  } catch (cause) {
    if (!(cause instanceof BlueprintError)) throw cause;
    throw new BlueprintError(`${name}: ${cause.message}`, { cause });
  }
}
