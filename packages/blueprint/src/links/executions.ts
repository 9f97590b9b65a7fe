import { BlueprintError } from '../errors.ts';
import { workflowVariable } from '../names.ts';
import type { Named, Needs, Statement } from './needs.ts';

/** Workflows that a function, or another workflow, starts. */
export interface ExecutionsLink {
  readonly kind: 'executions';
  readonly names: readonly string[];
}

/**
 * Lets a function or a workflow start others, by their names in the blueprint: an express one for its answer, a standard one
 * to run by itself. It finds the ARN of each state machine in `<NAME>_WORKFLOW`.
 */
export function executions(...names: readonly [string, ...string[]]): ExecutionsLink {
  return { kind: 'executions', names };
}

/** @throws {BlueprintError} if one of them is no workflow of the blueprint */
export function needsOfExecutions({ names }: ExecutionsLink, named: Named): Needs {
  const { workflows: express, standard } = named;
  const unknown = names.filter((name) => !express.includes(name) && !standard.includes(name));
  if (unknown.length > 0) throw new BlueprintError(`there is no workflow ${unknown.join(', ')}`);
  const start = (sid: string, action: string, those: readonly string[]): Statement => ({
    sid,
    actions: [action],
    resources: names
      .filter((name) => those.includes(name))
      .map((name) => ({ kind: 'workflow', name })),
  });
  return {
    variables: Object.fromEntries(
      names.map((name) => [workflowVariable(name), { kind: 'workflow', name }]),
    ),
    statements: [
      start('StartWorkflows', 'states:StartSyncExecution', express),
      start('StartExecutions', 'states:StartExecution', standard),
    ].filter(({ resources }) => resources.length > 0),
  };
}
