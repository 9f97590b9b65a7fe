import type { GraphDefinition, StateDefinition } from './definition.ts';
import type { DefinitionProblem } from './errors.ts';
import { isDistributed } from './states/map-items.ts';

const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const longestName = 80;

interface Assignment {
  readonly name: string;
  readonly path: string;
}

/**
 * Checks the names of variables (developer guide: "Variable name syntax", "Variable scope"): Unicode
 * identifiers of at most 80 characters, not `states`, and inside a Parallel or Map none that a scope
 * around it assigns.
 */
export function checkVariables(
  graph: GraphDefinition,
  at = '',
  outer: ReadonlySet<string> = new Set(),
): DefinitionProblem[] {
  const assignments = Object.entries(graph.States).flatMap(([state, definition]) =>
    assignmentsOf(definition, `${at}/States/${state}`),
  );
  const names = new Set([...outer, ...assignments.map(({ name }) => name)]);
  const nested = Object.entries(graph.States).flatMap(([state, definition]) =>
    graphsOf(definition, `${at}/States/${state}`).flatMap(([path, inner]) =>
      // The children of a distributed Map are executions of their own: they see none of these.
      checkVariables(inner, path, isDistributed(definition) ? new Set() : names),
    ),
  );
  return [...assignments.flatMap((assignment) => checkName(assignment, outer)), ...nested];
}

function checkName({ name, path }: Assignment, outer: ReadonlySet<string>): DefinitionProblem[] {
  if (name === 'states') return [{ path, message: 'The variable "states" is reserved.' }];
  if (!identifier.test(name) || name.length > longestName) {
    return [
      { path, message: `"${name}" is not an identifier of at most ${longestName} characters.` },
    ];
  }
  if (outer.has(name)) {
    return [
      { path, message: `"${name}" is assigned in an outer scope, and cannot be in an inner one.` },
    ];
  }
  return [];
}

/** Every variable a state may assign: by itself, in a Catcher, or in a Choice Rule. */
function assignmentsOf(state: StateDefinition, at: string): Assignment[] {
  return [
    ...assigned(state, at),
    ...(state.Catch ?? []).flatMap((rule, index) => assigned(rule, `${at}/Catch/${index}`)),
    ...(state.Choices ?? []).flatMap((rule, index) => assigned(rule, `${at}/Choices/${index}`)),
  ];
}

function assigned(holder: Pick<StateDefinition, 'Assign'>, at: string): Assignment[] {
  return Object.keys(holder.Assign ?? {}).map((key) => ({
    name: key.endsWith('.$') ? key.slice(0, -2) : key,
    path: `${at}/Assign/${key}`,
  }));
}

function graphsOf(state: StateDefinition, at: string): [string, GraphDefinition][] {
  const branches = (state.Branches ?? []).map((branch, index): [string, GraphDefinition] => [
    `${at}/Branches/${index}`,
    branch,
  ]);
  if (state.ItemProcessor) branches.push([`${at}/ItemProcessor`, state.ItemProcessor]);
  if (state.Iterator) branches.push([`${at}/Iterator`, state.Iterator]);
  return branches;
}
