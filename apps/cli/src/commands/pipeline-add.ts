import { access, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Manifest } from '@chorus/registry';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { pipelineFile, sourceOfPipeline, withPipeline } from '../pipelines/pipeline-source.ts';
import { program } from '../program.ts';
import { root } from '../root.ts';
import { runningCloud, type Target } from '../target.ts';
import { blueprintFile } from '../workflow-source.ts';

const flags = {
  target: { type: 'string', value: 'column', description: 'the column that is predicted' },
  features: {
    type: 'string',
    value: 'a,b,c',
    description: 'the columns it is predicted from; all others of a CSV file by default',
  },
  trainer: {
    type: 'string',
    value: 'name',
    description: 'the trainer that learns from them; a forest by default',
  },
  json: cloudFlags.json,
} as const;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** @throws {UsageError} if the name is no model's, or taken */
async function checkName(name: string, repository: string): Promise<void> {
  const { isModelName } = await import('@chorus/registry');
  if (!isModelName(name))
    throw new UsageError(
      `'${name}' is no name for a pipeline and its model: it takes small letters, digits and dashes`,
    );
  const { blueprint } = await import('@chorus/service');
  const { pipelinesOf } = await import('@chorus/blueprint');
  const taken = [...blueprint.functions, ...blueprint.workflows].map((each) => each.name);
  if ([...taken, ...pipelinesOf(blueprint)].includes(name))
    throw new UsageError(
      `There is a '${name}' already: take another name, or write its pipeline by hand (docs/your-own-pipeline.md)`,
    );
  for (const path of [join('packages/models', name), pipelineFile(name)])
    if (await exists(join(repository, path)))
      throw new UsageError(`${path} is there already: remove it, or take another name`);
}

/** @throws {UsageError} for names that are empty, there twice, or the target's */
function readFeatures(text: string, target: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`--features has an empty name: ${text}`);
  if (new Set(names).size < names.length)
    throw new UsageError(`--features has a name twice: ${text}`);
  if (names.includes(target)) throw new UsageError(`--features has the target ${target}`);
  return names;
}

/** The texts that follow what was written. */
function nextSteps(
  { name, training, example }: Manifest,
  target: Target | undefined,
): readonly string[] {
  const { rmse = Number.NaN, r2 = Number.NaN } = Object(training?.metrics);
  const row = JSON.stringify({ instances: [example?.inputs[0]?.data] });
  return [
    `On ${training?.split?.testRows} rows that were held out, its RMSE is ${rmse.toPrecision(4)}, and R squared ${r2.toPrecision(3)}.`,
    ...(target === undefined
      ? [`The next start serves it: npx -y pnpm@12 start`]
      : [
          `${name} v1 is live at ${target.apiUrl}. Ask it:`,
          '',
          `  curl -s ${target.apiUrl}/predict/${name} -H 'content-type: application/json' -d '${row}'`,
          '',
          'Its pipeline is there after a restart (npx -y pnpm@12 start), and in the next deployment.',
        ]),
    `Then, with more rows: ${program} pipeline run ${name} more.csv`,
  ];
}

/**
 * Makes a pipeline of a file: trains the first version of its model, and writes both into the service.
 *
 * @param repository the folder that is written into
 * @returns the exit code
 * @throws {UsageError} for a wrong command line
 * @throws {CliError} if the file cannot be learned from, or something cannot be written
 */
export async function addPipeline(
  argv: readonly string[],
  io: Io,
  repository: string = root,
): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, file] = takeArguments(['name', 'rows.csv'], positionals);
  const { target: predicted } = values;
  if (predicted === undefined)
    throw new UsageError('Say which column is predicted: --target column');
  const settings = readSettings(io.env);
  const path = resolve(settings.workingDirectory, file);
  await checkName(name, repository);
  const { featuresOf, trainFirst } = await import('../pipelines/first-model.ts');
  const columns =
    values.features === undefined
      ? await featuresOf(path, predicted)
      : readFeatures(values.features, predicted);
  const { usualTrainer } = await import('@chorus/training');
  const trainer = values.trainer ?? usualTrainer.name;
  const plan = { name, columns, target: predicted, trainer };
  const listed = withPipeline(await readFile(join(repository, blueprintFile), 'utf8'), name);
  const cloud = await runningCloud(settings);
  const { manifest, bytes } = await trainFirst(path, plan);
  // Served first: what fails there leaves nothing in the repository, and the same command can be tried again.
  if (cloud !== undefined) {
    if (values.json !== true) note(io, `Publishing ${name} v1 to ${cloud.label} …`);
    const { serveNewModel } = await import('../new-function.ts');
    await withCloud(cloud, (to) => serveNewModel(to, manifest, bytes));
  }
  const { writeModel } = await import('../new-model.ts');
  const written = await writeModel(manifest, bytes, undefined, repository);
  await writeFile(join(repository, pipelineFile(name)), sourceOfPipeline(plan), { flag: 'wx' });
  // Last: what it names has to be there.
  await writeFile(join(repository, blueprintFile), listed);
  const files = [...written, pipelineFile(name), blueprintFile];
  if (values.json === true)
    printJson(io, {
      pipeline: name,
      columns,
      target: predicted,
      trainer,
      metrics: manifest.training?.metrics ?? null,
      files,
      servedBy: cloud?.apiUrl ?? null,
    });
  else print(io, `Wrote ${files.join(', ')}.`, ...nextSteps(manifest, cloud));
  return 0;
}

/** `chorus pipeline add`: makes a model and its pipeline of a file of rows. */
export const pipelineAdd: Command = {
  name: 'pipeline add',
  operands: '<name> <rows.csv>',
  summary: 'make a model of a file of rows, and a pipeline that trains it again with the next ones',
  details: [
    'Trains the first version here, serves it in the local cloud that runs now, and writes the model and its pipeline',
    'into the service. Columns hold numbers; a yes or no is 1 or 0, and what is predicted is then its probability.',
    'chorus pipeline add churn customers.csv --target leaves',
  ],
  flags,
  run: addPipeline,
};
