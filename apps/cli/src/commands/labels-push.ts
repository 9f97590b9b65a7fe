import { resolve } from 'node:path';
import { physicalName } from '@chorus/blueprint/names';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import type { LabelReport } from '../drift/push-labels.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';

const flags = {
  ...cloudFlags,
  value: {
    type: 'string',
    value: 'member',
    description:
      'the member of each row that the workflow answers with. Default: ensemble, or label',
  },
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [file] = takeArguments(['file'], positionals);
  const settings = readSettings(io.env);
  const target = await findTarget(settings, values);
  const [{ DynamoDBClient }, { driftTable, predictionsTable }, { readTruths }, { pushLabels }] =
    await Promise.all([
      import('@aws-sdk/client-dynamodb'),
      import('@chorus/blueprint'),
      import('../drift/read-truths.ts'),
      import('../drift/push-labels.ts'),
    ]);
  const report = await withCloud(target, async ({ registry }) => {
    const dynamodb = new DynamoDBClient(target.client);
    try {
      return await pushLabels(readTruths(resolve(settings.workingDirectory, file)), {
        dynamodb,
        registry,
        predictions: physicalName(predictionsTable, target.stage),
        labels: physicalName(driftTable, target.stage),
        member: values.value,
      });
    } finally {
      dynamodb.destroy();
    }
  });
  if (values.json === true) printJson(io, { target: target.label, ...report });
  else print(io, ...render(report, target.flags));
  return report.pushed > 0 ? 0 : 1;
}

const metricsCell = (metrics: LabelReport['versions'][number]['metrics']) => {
  const shown = Object.entries(metrics).map(
    ([name, { value }]) => `${name} ${Number(value.toPrecision(4))}`,
  );
  return shown.length === 0 ? undefined : shown.join(', ');
};

function render(
  { pushed, leftOut, versions }: LabelReport,
  targetFlags: string,
): readonly string[] {
  const reasons = leftOut.map(({ reason, count, first }) => `  ${count} ${reason}: ${first}`);
  const rows = versions.map(({ model, version, labels, metrics, heldOut }) => [
    model,
    version,
    labels,
    metricsCell(metrics),
    metricsCell(heldOut),
  ]);
  const [model] = versions.filter(({ heldOut }) => Object.keys(heldOut).length > 0);
  return [
    `${pushed} truths pushed.${leftOut.length > 0 ? ' Left out:' : ''}`,
    ...reasons,
    ...(rows.length === 0
      ? []
      : ['', renderTable(['model', 'version', 'labels', 'live', 'on held-out rows'], rows)]),
    ...(model === undefined ? [] : ['', `Next: ${program} drift ${model.model}${targetFlags}`]),
  ];
}

/** `chorus labels push`: how good answers were whose truth has become known. */
export const labelsPush: Command = {
  name: 'labels push',
  operands: '<file>',
  summary: 'say what was true of requests that were answered, and print how good the answers were',
  details: [
    'The file (.csv, .jsonl or .parquet) has the columns id and truth, and row where a request had several rows (from 0).',
    'An id is that of a request with ?async=1: its answer is kept for 28 days. Pushed again, the last truth counts.',
  ],
  flags,
  run,
};
