import type { Manifest } from '@chorus/registry';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Cloud, withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { findTarget } from '../target.ts';

const flags = cloudFlags;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [model, asked] =
    positionals.length > 1
      ? takeArguments(['name', 'version'], positionals)
      : [...takeArguments(['name'], positionals), undefined];
  await findModel(model);
  const target = await findTarget(readSettings(io.env), values);
  const { live, manifest } = await withCloud(target, (cloud) => fetchVersion(cloud, model, asked));
  const isLive = manifest.version === live;
  if (values.json === true) {
    printJson(io, { model, version: manifest.version, live: isLive, manifest });
    return 0;
  }
  const { factsOf } = await import('../versions/facts.ts');
  const facts = factsOf(manifest);
  const width = Math.max(...facts.map(({ name }) => name.length));
  print(
    io,
    `${model} ${manifest.version}${isLive ? ', live' : ''}`,
    ...facts.map(({ name, value, shown }) => `  ${name.padEnd(width)}  ${shown ?? String(value)}`),
    ...(manifest.training === undefined ? ['Nothing is known of its training.'] : []),
  );
  return 0;
}

/** @param asked the version; the live one without it */
async function fetchVersion(
  cloud: Cloud,
  model: string,
  asked: string | undefined,
): Promise<{ readonly live: string | undefined; readonly manifest: Manifest }> {
  const { findLive } = await import('../live.ts');
  const live = (await findLive(cloud, model))?.version;
  const version = asked ?? live;
  if (version === undefined) throw new CliError(`No version of ${model} is live: name one`);
  return { live, manifest: await cloud.registry.fetchManifest(model, version) };
}

/** `chorus models show`: what a version was made of, and how good it is. */
export const modelsShow: Command = {
  name: 'models show',
  operands: '<name> [version]',
  summary: 'show what a version was made of: data, options, code, metrics',
  details: [
    'Without a version: the live one. Metrics are of rows that it was not trained on, with 95 % intervals.',
    'chorus models show <model> v2',
  ],
  flags,
  reads: true,
  run,
};
