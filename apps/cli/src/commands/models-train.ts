import type { Manifest } from '@chorus/registry';
import type { Recipe, TrainOverrides } from '@chorus/training';
import { parseArguments, parsePairs, takeArguments } from '../arguments.ts';
import { type Cloud, withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { findModel, loadRecipe } from '../models.ts';
import { program } from '../program.ts';
import { startProgress } from '../progress.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';

const flags = {
  set: {
    type: 'string',
    multiple: true,
    value: 'option=value',
    description: "change an option of the recipe's trainer; may be repeated",
  },
  seed: { type: 'string', value: 'n', description: "seed of the trainer's random choices" },
  ...cloudFlags,
} as const;

/** A version and how good it is, as `--json` shows it. */
interface Judged {
  readonly version: string;
  readonly rmse: number | null;
  readonly r2: number | null;
  readonly seed: number | null;
  readonly sha256: string | null;
}

interface Trained extends Judged {
  readonly model: string;
  readonly trainer: string;
  readonly options: Readonly<Record<string, number | string>>;
  /** How many rows it learned from and was judged on. */
  readonly rows: { readonly trainRows: number; readonly testRows: number } | null;
  readonly durationMs: number;
  /** Null of `isSameRows`: it is not known which rows the live version was judged on. */
  readonly live: (Judged & { readonly isSameRows: boolean | null }) | null;
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['name'], positionals);
  const seed = parseSeed(values.seed);
  const options = parsePairs('set', values.set ?? []);
  const model = await findModel(name);
  const target = await findTarget(readSettings(io.env), values);
  const recipe = await loadRecipe(model);
  const progress = await startProgress(`training ${name}`, io.stderr);
  const overrides = { options, ...(seed !== undefined && { seed }), onProgress: progress.update };
  const trained = await withCloud(target, (cloud) => trainNext(cloud, recipe, overrides)).finally(
    progress.stop,
  );
  if (values.json === true) printJson(io, trained);
  else print(io, ...render(trained, target.flags));
  return 0;
}

/** Trains and pushes; the live version is asked for its metrics on the way. */
async function trainNext(
  cloud: Cloud,
  recipe: Recipe,
  overrides: TrainOverrides,
): Promise<Trained> {
  const [{ train }, { judgedOnSameRows }, { findLive }, { lineageOf }, { pushNext }] =
    await Promise.all([
      import('@chorus/training'),
      import('@chorus/registry/manifest'),
      import('../live.ts'),
      import('../lineage.ts'),
      import('../push-next.ts'),
    ]);
  const model = recipe.schema.name;
  const started = performance.now();
  const { bytes, manifest } = await train(recipe, overrides);
  const durationMs = Math.round(performance.now() - started);
  const live = await findLive(cloud, model);
  const lineage = await lineageOf(live?.version);
  const version = await pushNext(cloud.registry, { ...manifest, lineage }, bytes);
  return {
    model,
    ...judge(version, manifest),
    trainer: recipe.trainer.name,
    options: manifest.training?.options ?? {},
    rows: manifest.training?.split ?? null,
    durationMs,
    live:
      live === undefined
        ? null
        : {
            ...judge(live.version, live.manifest),
            isSameRows:
              live.manifest?.training === undefined
                ? null
                : judgedOnSameRows(manifest.training, live.manifest.training),
          },
  };
}

/** @param manifest undefined when the registry does not have the version */
function judge(version: string, manifest: Partial<Manifest> | undefined): Judged {
  const { training, file } = manifest ?? {};
  return {
    version,
    rmse: training?.metrics.rmse ?? null,
    r2: training?.metrics.r2 ?? null,
    seed: training?.seed ?? null,
    sha256: file?.sha256 ?? null,
  };
}

function parseSeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`--seed takes a whole number, got '${text}'`);
  return Number(text);
}

function render(trained: Trained, cloud: string): readonly string[] {
  const { model, version, live, rows } = trained;
  const options = Object.entries(trained.options).map(([name, value]) => `${name}=${round(value)}`);
  const how = [trained.trainer, ...options].join(' ');
  const seconds = (trained.durationMs / 1000).toFixed(1);
  return [
    `Trained ${model} in ${seconds} s (${how}) and pushed it as ${version}.`,
    `Learned from ${rows?.trainRows ?? 'no'} rows and judged on ${rows?.testRows ?? 'no'} others:`,
    '',
    renderTable(
      ['version', '', 'rmse', 'r2', 'seed'],
      [trained, ...(live === null ? [] : [live])].map((each) => [
        each.version,
        each === live ? 'live' : 'new',
        each.rmse ?? undefined,
        each.r2 ?? undefined,
        each.seed ?? undefined,
      ]),
    ),
    '',
    ...(live === null ? [] : compare(trained, live)),
    `Next: ${program} models swap ${model} ${version}${cloud}`,
  ];
}

/** Returns the remarks that the two rows of metrics call for. */
function compare(trained: Trained, live: NonNullable<Trained['live']>): readonly string[] {
  if (live.sha256 === trained.sha256) {
    return [
      'They are the same file: --set makes another, and --seed where the trainer makes random choices.',
    ];
  }
  return live.isSameRows !== false
    ? []
    : ['Their data or their split differ, so each was judged on other rows.'];
}

function round(value: number | string): number | string {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

/** `chorus models train`: runs a model's recipe and pushes what comes out as its next version. */
export const modelsTrain: Command = {
  name: 'models train',
  operands: '<name>',
  summary: 'train a model by its recipe and push it as the next version',
  details: ['chorus models train <model> --set trees=200 --seed 1'],
  flags,
  run,
};
