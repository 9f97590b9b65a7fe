import type { Blueprint, StateMachineSpec } from '@chorus/blueprint';
import { parseArguments, takeArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';

const flags = {
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;

/** A workflow as `--json` shows it. */
interface WorkflowListed {
  readonly name: string;
  /** Those that callers ask have a route; the others are started by what the service is made of. */
  readonly route: string | null;
  readonly type: 'express' | 'standard';
  readonly functions: readonly string[];
  /** How many of its models must answer at least; null for one that callers do not ask. */
  readonly quorum: number | null;
  /** The kind of its requests, in words. */
  readonly takes: string | null;
  readonly answersLater: boolean;
  readonly timeoutSeconds: number;
}

/** Returns the workflows of a blueprint, those that callers ask first. */
function listWorkflows({ workflows, machines = [], routes }: Blueprint): readonly WorkflowListed[] {
  const common = ({ name, type = 'express', functions, timeoutSeconds }: StateMachineSpec) => ({
    name,
    type,
    functions: functions.map((each) => each.name),
    timeoutSeconds,
  });
  const asked = workflows.map((workflow) => {
    const route = routes.find((each) => 'workflow' in each && each.workflow === workflow.name);
    return {
      ...common(workflow),
      route: route === undefined ? null : `${route.method} ${route.path}`,
      quorum: workflow.quorum,
      takes: workflow.request.noun,
      answersLater:
        route !== undefined && 'asynchronous' in route && route.asynchronous !== undefined,
    };
  });
  const parts = machines.map((machine) => ({
    ...common(machine),
    route: null,
    quorum: null,
    takes: null,
    answersLater: false,
  }));
  return [...asked, ...parts];
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  takeArguments([], positionals);
  const { blueprint } = await import('@chorus/service');
  const workflows = listWorkflows(blueprint);
  if (values.json === true) printJson(io, { workflows });
  else
    print(
      io,
      renderTable(
        ['workflow', 'type', 'route', 'takes', 'asks'],
        workflows.map(({ name, type, route, takes, functions }) => [
          name,
          type,
          route ?? '',
          takes ?? '',
          functions.join(', '),
        ]),
      ),
      '',
      `Next: ${program} workflows show ${workflows[0]?.name ?? '<name>'}`,
    );
  return 0;
}

/** `chorus workflows list`: the workflows of the service. */
export const workflowsList: Command = {
  name: 'workflows list',
  operands: '',
  summary: 'list the workflows, and which functions each one asks',
  details: ['Those without a route are parts of how the others are answered.'],
  flags,
  reads: true,
  run,
};
