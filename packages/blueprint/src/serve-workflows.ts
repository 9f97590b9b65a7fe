import { BlueprintError } from './errors.ts';
import type { FunctionSpec, RouteSpec, WorkflowSpec } from './types.ts';

/**
 * Returns the functions that workflows ask, each once.
 *
 * @throws {BlueprintError} if two workflows describe a function of the same name in different ways
 */
export function functionsAskedBy(workflows: readonly WorkflowSpec[]): readonly FunctionSpec[] {
  const byName = new Map<string, FunctionSpec>();
  for (const { name: workflow, functions } of workflows) {
    for (const each of functions) {
      const known = byName.get(each.name) ?? each;
      if (known !== each && JSON.stringify(known) !== JSON.stringify(each)) {
        throw new BlueprintError(
          `${workflow} asks a function ${each.name} that another workflow describes in another way: describe it once and share it`,
        );
      }
      byName.set(each.name, known);
    }
  }
  return [...byName.values()];
}

/** Returns the routes that answer with a workflow each: `POST /predict/<name>`. */
export function routesTo(workflows: readonly WorkflowSpec[]): readonly RouteSpec[] {
  return workflows.map(({ name }) => ({
    method: 'POST',
    path: `/predict/${name}`,
    workflow: name,
  }));
}
