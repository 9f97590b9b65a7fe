import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { program } from '../program.ts';
import { root } from '../root.ts';
import { runningCloud } from '../target.ts';
import type { Combination } from '../workflow-answers.ts';
import type { Plan } from '../workflow-plan.ts';

const flags = {
  models: { type: 'string', value: 'a,b', description: 'the models that answer together' },
  combine: {
    type: 'string',
    value: 'kind',
    description: 'mean, median, weighted, softVote, majority or first',
  },
  weights: {
    type: 'string',
    value: '0.3,0.7',
    description: 'of --combine weighted: one for each model, in their order',
  },
  'dry-run': { type: 'boolean', description: 'print the file, and write nothing' },
  json: cloudFlags.json,
} as const;

/** Letters of a workflow's name: what answers it later has up to ten more, and a topic 40. */
const mostLetters = 30;

/** @throws {UsageError} if the name is no workflow's, or taken */
async function checkName(
  name: string,
  { functions, workflows, machines = [] }: Blueprint,
): Promise<void> {
  const { isModelName } = await import('@chorus/registry');
  if (!isModelName(name))
    throw new UsageError(
      `'${name}' is no name for a workflow: it begins with a small letter, has small letters, digits and dashes, at most 63 in all, and is not 'constructor'`,
    );
  if (name.length > mostLetters)
    throw new UsageError(
      `'${name}' has ${name.length} letters, and names are made of it that leave it ${mostLetters} at most`,
    );
  const { workflowFile } = await import('../workflow-source.ts');
  const file = workflowFile(name);
  const exists = await access(join(root, file)).then(
    () => true,
    () => false,
  );
  if (exists) throw new UsageError(`${file} is there already: edit it, or take another name`);
  if (machines.some((each) => each.name === name))
    throw new UsageError(
      `The state machine '${name}' answers for other workflows: take another name`,
    );
  if ([...functions, ...workflows].some((each) => each.name === name))
    throw new UsageError(
      `There is a '${name}' already, and both would be asked by their names: take another one`,
    );
}

/** @throws {UsageError} */
function readModels(text: string | undefined): readonly string[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  if (text === undefined || names.includes(''))
    throw new UsageError('Say which models answer together: --models a,b');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`--models has '${twice}' twice`);
  return names;
}

/** @throws {UsageError} */
async function readCombination(text: string | undefined): Promise<Combination> {
  const { combinations } = await import('../workflow-answers.ts');
  const kinds = Object.keys(combinations) as Combination[];
  const found = kinds.find((kind) => kind === text);
  if (found !== undefined) return found;
  throw new UsageError(
    text === undefined
      ? `Say how their answers are combined: --combine ${kinds.join('|')}`
      : `--combine takes ${kinds.join(', ')}, got '${text}'.${didYouMean(text, kinds)}`,
  );
}

async function makePlan(
  name: string,
  values: { readonly models?: string; readonly combine?: string; readonly weights?: string },
): Promise<{ readonly plan: Plan; readonly source: string }> {
  const names = readModels(values.models);
  const combine = await readCombination(values.combine);
  const weights = values.weights?.split(',').map(Number);
  const { blueprint } = await import('@chorus/service');
  await checkName(name, blueprint);
  const [{ readMembers }, { planWorkflow }, { sourceOf, workflowOf }, { functionsOf }] =
    await Promise.all([
      import('../workflow-members.ts'),
      import('../workflow-plan.ts'),
      import('../workflow-source.ts'),
      import('@chorus/blueprint'),
    ]);
  const plan = planWorkflow(await readMembers(names, blueprint), { name, combine, weights });
  // A blueprint that is refused stops every command, so it is refused before it is written.
  functionsOf([...blueprint.workflows, workflowOf(plan)], blueprint.functions);
  return { plan, source: sourceOf(plan) };
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['name'], positionals);
  const { plan, source } = await makePlan(name, values);
  const { blueprintFile, withWorkflow, workflowFile } = await import('../workflow-source.ts');
  const file = workflowFile(name);
  const listed = withWorkflow(await readFile(join(root, blueprintFile), 'utf8'), name);
  const isDry = values['dry-run'] === true;
  const files = isDry ? [] : [file, blueprintFile];
  if (!isDry) {
    await writeFile(join(root, file), source, { flag: 'wx' });
    // Last: what it names has to be there.
    await writeFile(join(root, blueprintFile), listed);
  }
  const { asks, combine, columns, classes, example, notes } = plan;
  if (values.json === true) {
    const models = asks.map(({ spec }) => spec.name);
    printJson(io, {
      workflow: name,
      models,
      combine,
      columns,
      classes,
      example,
      notes,
      source,
      files,
    });
  } else {
    print(
      io,
      ...notes.map((line) => `note  ${line}`),
      ...(isDry
        ? [source, 'Nothing was written (--dry-run).']
        : await next(plan, files, await urlOf(io))),
    );
  }
  return 0;
}

/** Returns where the local cloud is that runs now, else where it usually is: the files are written whether it answers or not. */
async function urlOf(io: Io): Promise<string> {
  const target = await runningCloud(readSettings(io.env)).catch(() => undefined);
  return target?.apiUrl ?? 'http://127.0.0.1:8787';
}

async function next(
  { name, example }: Plan,
  files: readonly string[],
  url: string,
): Promise<readonly string[]> {
  const { curlLine } = await import('@chorus/blueprint');
  return [
    `Wrote ${files.join(', ')}.`,
    'A local cloud that runs serves it after a restart (npx -y pnpm@12 start), AWS after the next deployment. Then ask it:',
    '',
    `  ${program} predict ${name}`,
    `  ${curlLine(url, name, example)}`,
  ];
}

/** `chorus workflows add`: makes a workflow of models that there are. */
export const workflowsAdd: Command = {
  name: 'workflows add',
  operands: '<name>',
  summary: 'combine models into one answer',
  details: [
    'Writes packages/service/src/workflows/<name>.ts from what the models take and give, and lists it in blueprint.ts.',
    'The rows have the columns of all models; a model is asked with those that it takes.',
    'chorus workflows add churn-vote --models churn-a,churn-b --combine softVote',
  ],
  flags,
  run,
};
