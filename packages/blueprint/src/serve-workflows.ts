import { BlueprintError } from './errors.ts';
import type { FunctionSpec, RouteSpec, StateMachineSpec, WorkflowSpec } from './types.ts';

/**
 * Returns the functions that workflows ask and then the others, each once.
 *
 * @throws {BlueprintError} if two functions of the same name are described in different ways, or a model has the name of a
 *   workflow
 */
export function functionsOf(
  workflows: readonly WorkflowSpec[],
  others: readonly FunctionSpec[] = [],
): readonly FunctionSpec[] {
  const described = [
    ...workflows.flatMap(({ name, functions }) =>
      functions.map((each) => ({ each, by: `${name} asks a function ${each.name}` })),
    ),
    ...others.map((each) => ({ each, by: `there is a function ${each.name}` })),
  ];
  const byName = new Map<string, FunctionSpec>();
  for (const { each, by } of described) {
    const known = byName.get(each.name) ?? each;
    if (known !== each && JSON.stringify(known) !== JSON.stringify(each))
      throw new BlueprintError(
        `${by} that is also described in another way: describe it once and share it, or give it another name`,
      );
    if (each.kind === 'model' && workflows.some(({ name }) => name === each.name))
      throw new BlueprintError(
        `${each.name} is a model and a workflow, and both are asked by their names: give one another name`,
      );
    byName.set(each.name, known);
  }
  return [...byName.values()];
}

/** Tells whether a workflow answers its request: a standard one is only started. */
export const isExpress = ({ type }: Pick<StateMachineSpec, 'type'>): boolean => type !== 'standard';

/** Returns the routes that answer with a workflow each, of those that answer: `POST /predict/<name>`. */
export function routesTo(workflows: readonly WorkflowSpec[]): readonly RouteSpec[] {
  return workflows.filter(isExpress).map(({ name }) => ({
    method: 'POST',
    path: `/predict/${name}`,
    workflow: name,
  }));
}
