import type { ServedVersion } from '@chorus/promotion';
import type { ListedVersion, Manifest } from '@chorus/registry';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Cloud, withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { modelFunctions } from '../models.ts';
import { program } from '../program.ts';
import { remembering } from '../remember.ts';
import { type Cell, renderTable } from '../table.ts';
import { findTarget } from '../target.ts';

/** One version as `--json` shows it. */
interface VersionListed {
  readonly version: string;
  readonly live: boolean;
  /** The version of the function that serves it now; null when none does. */
  readonly functionVersion: string | null;
  /** Metrics of held-out rows, by name; empty when its manifest has none. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly trainer: string | null;
  readonly seed: number | null;
  readonly bytes: number;
  readonly sha256: string;
}

interface ModelListed {
  readonly name: string;
  /** The live version; null when the function has none or is not deployed. */
  readonly live: string | null;
  /** The version of the function that serves it. */
  readonly functionVersion: string | null;
  /** The version that gets a share of the requests beside it, 0 to 1; null when none does. */
  readonly canary: {
    readonly version: string;
    readonly functionVersion: string;
    readonly weight: number;
  } | null;
  /** The holder of the model's lock at this moment; null when it is free. */
  readonly changing: string | null;
  readonly versions: readonly VersionListed[];
}

const flags = cloudFlags;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  takeArguments([], positionals);
  const target = await findTarget(readSettings(io.env), values);
  const functions = await modelFunctions();
  const models = await withCloud(target, async (cloud) => {
    const { listLocked } = await import('@chorus/promotion');
    const [versions, locked] = await Promise.all([
      cloud.registry.listAllVersions(),
      listLocked(cloud.location),
    ]);
    return Promise.all(
      functions.map(({ name }) =>
        listModel(cloud, name, { versions: versions.get(name) ?? [], hasLock: locked.has(name) }),
      ),
    );
  });
  if (values.json === true) printJson(io, { target: target.label, models });
  else print(io, render(models), '', ...next(models, target.label, target.flags));
  return 0;
}

/** Versions that are remembered: manifests, and what a version of a function serves. */
const mostRemembered = 2000;
const rememberManifest = remembering<Manifest>(mostRemembered);
const rememberServed = remembering<ServedVersion | undefined>(mostRemembered);

/** The facts about a model that the lists of the registry tell. */
interface ListedModel {
  readonly versions: readonly ListedVersion[];
  readonly hasLock: boolean;
}

async function listModel(
  cloud: Cloud,
  name: string,
  { versions, hasLock }: ListedModel,
): Promise<ModelListed> {
  const [{ describeLock, readServing }, { metricsOf }, { promotionTarget }] = await Promise.all([
    import('@chorus/promotion'),
    import('@chorus/registry/manifest'),
    import('../live.ts'),
  ]);
  const { bucket } = cloud.location;
  const { label } = cloud.target;
  const [{ live, canary, lock }, manifests] = await Promise.all([
    promotionTarget(cloud, name).then((target) =>
      readServing(target, {
        hasLock,
        remember: (key, read) => rememberServed(`${label} ${key}`, read),
      }),
    ),
    Promise.all(
      versions.map(({ version, etag }) =>
        rememberManifest(`${label} ${bucket} ${name} ${version} ${etag}`, () =>
          cloud.registry.fetchManifest(name, version),
        ),
      ),
    ),
  ]);
  const serving = [live, canary].filter((each) => each !== undefined);
  return {
    name,
    live: live?.version ?? null,
    functionVersion: live?.functionVersion ?? null,
    canary: canary ?? null,
    changing: lock === undefined ? null : describeLock(lock),
    versions: manifests.map(({ version, file, training }) => ({
      version,
      live: version === live?.version,
      functionVersion: serving.find((each) => each.version === version)?.functionVersion ?? null,
      metrics: Object.fromEntries(
        Object.entries(metricsOf(training)).map(([metric, { value }]) => [metric, value]),
      ),
      trainer: training?.trainer ?? null,
      seed: training?.seed ?? null,
      bytes: file.bytes,
      sha256: file.sha256,
    })),
  };
}

/** Returns a version's share of the requests. */
function shareOf({ version, live }: VersionListed, { canary }: ModelListed): string {
  const percent = Number(((canary?.weight ?? 0) * 100).toFixed(2));
  if (canary?.version === version) return `canary ${percent} %`;
  if (!live) return '';
  return canary === null ? 'live' : `live ${Number((100 - percent).toFixed(2))} %`;
}

/** Metrics that a table has room for. */
const shownMetrics = 3;

/** Returns metrics as one cell: `rmse 3.25, r2 0.9`; of many the first ones, since `--json` has them all. */
function metricsCell(metrics: VersionListed['metrics']): string | undefined {
  const all = Object.entries(metrics);
  const shown = all
    .slice(0, shownMetrics)
    .map(([metric, value]) => `${metric} ${Number(value.toPrecision(4))}`);
  if (shown.length === 0) return undefined;
  const more = all.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? `, ${more} more (--json)` : ''}`;
}

function render(models: readonly ModelListed[]): string {
  const rows = models.flatMap((model): Cell[][] => {
    const { name, live, versions } = model;
    const known = versions.map((each) => {
      const { version, functionVersion, metrics, trainer, seed, bytes } = each;
      const kb = Math.ceil(bytes / 1000);
      return [
        name,
        version,
        shareOf(each, model),
        functionVersion,
        metricsCell(metrics),
        trainer,
        seed,
        kb,
      ].map((cell) => cell ?? undefined);
    });
    const isListed = versions.some(({ version }) => version === live);
    if (live === null || isListed) return known.length > 0 ? known : [[name, 'none', '']];
    return [
      ...known,
      [name, live, 'live, but not in the registry', model.functionVersion ?? undefined],
    ];
  });
  return renderTable(
    ['model', 'version', '', 'function', 'metrics', 'trainer', 'seed', 'kB'],
    rows,
  );
}

function next(models: readonly ModelListed[], label: string, flags: string): readonly string[] {
  const [first] = models;
  const name = first?.name ?? '<name>';
  const other = models.flatMap((model) =>
    model.versions
      .filter(({ live }) => !live)
      .map(({ version }) => `${program} models promote ${model.name} ${version}${flags}`),
  );
  const changing = models
    .filter(({ changing }) => changing !== null)
    .map(({ name, changing }) => `${name} is being changed: ${changing}.`);
  const none = models
    .filter(({ live, versions }) => live === null && versions.length === 0)
    .map(
      ({ name }) =>
        `${name} has no version. If its weights are to be fetched: ${program} models fetch ${name}`,
    );
  return [
    ...changing,
    ...none,
    `In ${label}. Metrics are of the rows each version was not trained on; function is the published`,
    'version of the function that serves it.',
    `Next: ${other.at(-1) ?? `${program} models train ${name}${flags}`}`,
  ];
}

/** `chorus models list`: which versions there are, and which one is live. */
export const modelsList: Command = {
  name: 'models list',
  operands: '',
  summary: 'list the models, their versions, and which one is live',
  details: [],
  flags,
  reads: true,
  run,
};
