import { physicalName } from '@chorus/blueprint/names';
import { parseArguments } from '../arguments.ts';
import { type Cloud, withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { withBinNames } from '../drift/bin-names.ts';
import type { JudgedModel } from '../drift/draw-drift.ts';
import { readLabels } from '../drift/label-store.ts';
import { readWindows, sumOf } from '../drift/windows.ts';
import { parseAmount, parseDuration } from '../durations.ts';
import { readSettings } from '../env.ts';
import { isCausedBy, messageOf, UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findModel, modelFunctions } from '../models.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';

const flags = {
  ...cloudFlags,
  since: {
    type: 'string',
    value: 'time',
    description: 'the time until now that is judged: 1h, 24h (the default), 168h',
  },
  version: { type: 'string', value: 'version', description: 'instead of the one that is live' },
  'minimum-rows': {
    type: 'string',
    value: 'count',
    description: 'rows without which there is no verdict: 300, or less down to 100',
  },
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`One argument too many: ${others[0]}`);
  const sinceMs = parseDuration('since', values.since ?? '24h');
  const minimumRows = parseAmount('minimum-rows', values['minimum-rows'] ?? '300');
  if (minimumRows < 100) throw new UsageError('--minimum-rows is at least 100: less says nothing');
  if (values.version !== undefined && name === undefined)
    throw new UsageError('--version needs the name of a model');
  const models = name === undefined ? await modelFunctions() : [await findModel(name)];
  const target = await findTarget(readSettings(io.env), values);
  const now = Date.now();
  const judged = await withCloud(target, async (cloud) => {
    await countNow(cloud, io);
    const each = models.map((model) =>
      judgeModel(cloud, model.name, values.version, [now - sinceMs, now], minimumRows),
    );
    return (await Promise.all(each)).filter((window) => window !== undefined);
  });
  if (values.json === true) printJson(io, { target: target.label, models: judged });
  else await show(judged, name, target, io);
  return 0;
}

async function show(
  judged: readonly JudgedModel[],
  name: string | undefined,
  target: { readonly label: string; readonly flags: string },
  io: Io,
): Promise<void> {
  const { renderModel, renderModels } = await import('../drift/draw-drift.ts');
  const [first] = judged;
  if (first === undefined) print(io, `${name ?? 'No model'} is not live in ${target.label}.`);
  else if (name !== undefined) print(io, ...renderModel(first));
  else {
    const drifted = judged.find(({ verdict }) => verdict === 'drift') ?? first;
    print(
      io,
      renderModels(judged),
      '',
      `In ${target.label}. Next: ${program} drift ${drifted.model}${target.flags}`,
    );
  }
}

/** Counts what was answered since the schedule's last time. Without it the figures are only older. */
async function countNow({ lambda, target }: Cloud, io: Io): Promise<void> {
  const [{ InvokeCommand }, { countDriftName }] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('@chorus/blueprint'),
  ]);
  const FunctionName = physicalName(countDriftName, target.stage);
  try {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: '{}' }),
    );
    if (FunctionError === undefined) return;
    note(io, `${FunctionName} failed: ${Buffer.from(Payload ?? []).toString()}`);
  } catch (error) {
    note(io, `${FunctionName} could not be run: ${messageOf(error)}`);
  }
  note(io, 'What was answered since it last ran is not in these figures.');
}

/** Returns the verdict about a version; undefined when none is asked for and none is live. */
async function judgeModel(
  cloud: Cloud,
  model: string,
  asked: string | undefined,
  [from, to]: readonly [number, number],
  minimumRows: number,
): Promise<JudgedModel | undefined> {
  const [{ DynamoDBClient }, { driftTable }, { judge, liveMetrics }, { metricsOf }] =
    await Promise.all([
      import('@aws-sdk/client-dynamodb'),
      import('@chorus/blueprint'),
      import('@chorus/drift'),
      import('@chorus/registry/manifest'),
    ]);
  const version = asked ?? (await liveVersion(cloud, model));
  if (version === undefined) return undefined;
  const dynamodb = new DynamoDBClient(cloud.target.client);
  try {
    const table = physicalName(driftTable, cloud.target.stage);
    const [manifest, windows] = await Promise.all([
      cloud.registry.fetchManifest(model, version).catch((error: unknown) => {
        if (asked === undefined && isCausedBy(error, 'UnknownVersionError', 'UnknownModelError'))
          return undefined;
        throw error;
      }),
      readWindows(dynamodb, table, model, from),
    ]);
    const window = await sumOf(windows, model, version, [from, to]);
    const labels = await readLabels(dynamodb, table, model, version);
    const { reference, outputReference } = manifest?.training ?? {};
    const judged = judge(manifest?.training, window, { minimumRows });
    return {
      ...judged,
      inputs: withBinNames(judged.inputs, reference),
      outputs: withBinNames(judged.outputs, outputReference),
      live: liveMetrics(labels),
      heldOut: metricsOf(manifest?.training),
    };
  } finally {
    dynamodb.destroy();
  }
}

async function liveVersion(cloud: Cloud, model: string): Promise<string | undefined> {
  const [{ readServing }, { promotionTarget }] = await Promise.all([
    import('@chorus/promotion'),
    import('../live.ts'),
  ]);
  const { live } = await readServing(await promotionTarget(cloud, model));
  return live?.version;
}

/** `chorus drift`: whether what models are asked and answer still looks like their training. */
export const drift: Command = {
  name: 'drift',
  operands: '[name]',
  summary: 'tell whether what models are asked, and answer, has drifted from their training',
  details: [
    'Without a name: one line for each model. With one: bars, distances and verdicts of each feature.',
    'Counts what was answered until now first. No value is kept, only how many fell into each bin.',
  ],
  flags,
  reads: true,
  run,
};
