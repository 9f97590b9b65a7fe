import { BlueprintError } from '../errors.ts';
import { type Link, needsOfLink } from './link.ts';
import { mergeStatements } from './merge-statements.ts';
import type { Needs } from './needs.ts';
import { type Described, namesIn, variablesOf } from './needs-of-function.ts';

/** What has links. */
interface Linked {
  readonly name: string;
  readonly links?: readonly Link[];
}

/**
 * Returns the needs of a workflow's links: the variables that its definition may name, and the rights of its state machine
 * beside those to ask its functions. Those of a job are the variables of its program, and its rights.
 *
 * @throws {BlueprintError} naming the workflow or job, if its links contradict each other or the blueprint
 */
export function needsOfWorkflow({ name, links = [] }: Linked, blueprint: Described): Needs {
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
