import type { Named, Needs } from './needs.ts';

/** Every workflow of the service. */
export interface WorkflowsLink {
  readonly kind: 'workflows';
}

/** Lets a function run every workflow. It finds the state machines in `WORKFLOW_ARNS`, a JSON object. */
export function workflows(): WorkflowsLink {
  return { kind: 'workflows' };
}

export function needsOfWorkflows({ workflows: names }: Named): Needs {
  const named = names.map((name) => ({ kind: 'workflow', name }) as const);
  return {
    variables: {
      WORKFLOW_ARNS: {
        kind: 'names',
        of: Object.fromEntries(named.map((each) => [each.name, each])),
      },
    },
    statements: [
      { sid: 'StartWorkflows', actions: ['states:StartSyncExecution'], resources: named },
    ],
  };
}
