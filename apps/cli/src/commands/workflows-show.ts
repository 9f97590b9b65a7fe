import { parseArguments, takeArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { program } from '../program.ts';
import { drawStates } from '../state-tree.ts';

const flags = {
  json: {
    type: 'boolean',
    description: 'print its definition, the schema of its requests and an example as JSON',
  },
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['name'], positionals);
  const { blueprint } = await import('@chorus/service');
  const { workflows, machines = [] } = blueprint;
  const workflow = workflows.find((each) => each.name === name);
  const machine = workflow ?? machines.find((each) => each.name === name);
  if (machine === undefined) {
    const names = [...workflows, ...machines].map((each) => each.name);
    throw new UsageError(`There is no workflow '${name}'.${didYouMean(name, names)}`);
  }
  const { type = 'express', definition, functions, timeoutSeconds } = machine;
  const shown = {
    name,
    type,
    timeoutSeconds,
    functions: functions.map((each) => ({ name: each.name, kind: each.kind })),
    definition,
    ...(workflow !== undefined && {
      takes: workflow.request.noun,
      options: workflow.request.options,
      quorum: workflow.quorum,
      schema: workflow.request.bodySchema,
      example: workflow.example,
    }),
  };
  if (values.json === true) printJson(io, shown);
  else
    print(
      io,
      `${name}, ${type}, at most ${timeoutSeconds} s. ${String(definition['Comment'] ?? '')}`.trim(),
      '',
      drawStates(definition),
      '',
      workflow === undefined
        ? `Next: ${program} workflows list`
        : `Next: ${program} predict ${name} --trace`,
    );
  return 0;
}

/** `chorus workflows show`: the states of a workflow. */
export const workflowsShow: Command = {
  name: 'workflows show',
  operands: '<name>',
  summary: 'show the states of a workflow, in the order they come in',
  details: ['What is shown is what is deployed: Amazon States Language.'],
  flags,
  reads: true,
  run,
};
