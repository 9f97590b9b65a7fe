import { tracedName } from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** Every workflow of the service. */
export interface WorkflowsLink {
  readonly kind: 'workflows';
}

/** Lets a function run every workflow. It finds the state machines in `WORKFLOW_ARNS`, a JSON object. */
export function workflows(): WorkflowsLink {
  return { kind: 'workflows' };
}

export function needsOfWorkflows({ workflows: names, machines }: Named): Needs {
  const named = names.map((name) => ({ kind: 'workflow', name }) as const);
  // Those that answer the same with a timeline; their names follow from the workflows'.
  const timed = machines
    .filter(({ name }) => names.some((each) => name === tracedName(each)))
    .map(({ name }) => ({ kind: 'workflow', name }) as const);
  return {
    variables: {
      WORKFLOW_ARNS: {
        kind: 'names',
        of: Object.fromEntries(named.map((each) => [each.name, each])),
      },
    },
    statements: [
      {
        sid: 'StartWorkflows',
        actions: ['states:StartSyncExecution'],
        resources: [...named, ...timed],
      },
    ],
  };
}
