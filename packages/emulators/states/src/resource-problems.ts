import type { DefinitionProblem, MachineDefinition, StateDefinition } from '@chorus/asl';
import { integrationOf, notIntegrated } from './tasks/integrations.ts';

type Graph = Pick<MachineDefinition, 'States'>;

/** The graphs within a state, by where they are. */
function innerGraphs(state: StateDefinition): readonly (readonly [string, Graph | undefined])[] {
  return [
    ['ItemProcessor', state.ItemProcessor],
    ['Iterator', state.Iterator],
    ...(state.Branches ?? []).map((branch, index) => [`Branches/${index}`, branch] as const),
  ];
}

/** Returns a problem for each task, however deep, that asks what the local cloud does not have. */
export function resourceProblems(graph: Graph, at = ''): readonly DefinitionProblem[] {
  return Object.entries(graph.States).flatMap(([name, state]) => {
    const path = `${at}/States/${name}`;
    const { Type, Resource = '' } = state;
    const own =
      Type === 'Task' && integrationOf(Resource) === undefined
        ? [{ path: `${path}/Resource`, message: notIntegrated(Resource) }]
        : [];
    const inner = innerGraphs(state).flatMap(([field, each]) =>
      each === undefined ? [] : resourceProblems(each, `${path}/${field}`),
    );
    return [...own, ...inner];
  });
}
