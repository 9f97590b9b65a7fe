import { BlueprintError } from '../errors.ts';
import { workflowVariable } from '../names.ts';
import type { Named, Needs, Statement } from './needs.ts';

/** State machines that a function, or another state machine, starts. */
export interface ExecutionsLink {
  readonly kind: 'executions';
  readonly names: readonly string[];
}

/**
 * Lets a function or a state machine start others, by their names in the blueprint: an express one for its answer, a standard
 * one to run by itself. It finds the ARN of each state machine in `<NAME>_WORKFLOW`.
 */
export function executions(...names: readonly [string, ...string[]]): ExecutionsLink {
  return { kind: 'executions', names };
}

/** @throws {BlueprintError} if one of them is no state machine of the blueprint */
export function needsOfExecutions({ names }: ExecutionsLink, { machines }: Named): Needs {
  const unknown = names.filter((name) => !machines.some((each) => each.name === name));
  if (unknown.length > 0)
    throw new BlueprintError(`there is no state machine ${unknown.join(', ')}`);
  const start = (sid: string, action: string, answering: boolean): Statement => ({
    sid,
    actions: [action],
    resources: machines
      .filter(({ name, answers }) => names.includes(name) && answers === answering)
      .map(({ name }) => ({ kind: 'workflow', name })),
  });
  return {
    variables: Object.fromEntries(
      names.map((name) => [workflowVariable(name), { kind: 'workflow', name }]),
    ),
    statements: [
      start('StartWorkflows', 'states:StartSyncExecution', true),
      start('StartExecutions', 'states:StartExecution', false),
    ].filter(({ resources }) => resources.length > 0),
  };
}
