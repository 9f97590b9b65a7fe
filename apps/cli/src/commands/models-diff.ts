import type { Manifest } from '@chorus/registry';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';
import type { Difference } from '../versions/facts.ts';

const flags = cloudFlags;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, one, other] = takeArguments(['name', 'version', 'version'], positionals);
  await findModel(name);
  const target = await findTarget(readSettings(io.env), values);
  const [left, right] = await withCloud(target, ({ registry }) =>
    Promise.all([registry.fetchManifest(name, one), registry.fetchManifest(name, other)]),
  );
  const [{ differencesOf }, { judgedOnSameRows }] = await Promise.all([
    import('../versions/facts.ts'),
    import('@chorus/registry/manifest'),
  ]);
  const differences = differencesOf(left, right);
  const isKnown = left.training?.dataset !== undefined && right.training?.dataset !== undefined;
  const isSameRows = isKnown ? judgedOnSameRows(left.training, right.training) : null;
  if (values.json === true) {
    const listed = differences.map(({ name: fact, values: both }) => ({
      name: fact,
      values: both,
    }));
    printJson(io, { model: name, versions: [one, other], isSameRows, differences: listed });
  } else print(io, ...render([left, right], differences, isSameRows));
  return 0;
}

function render(
  [left, right]: readonly [Manifest, Manifest],
  differences: readonly Difference[],
  isSameRows: boolean | null,
): readonly string[] {
  if (differences.length === 0) {
    return [`${left.name} ${left.version} and ${right.version} do not differ: they are one file.`];
  }
  const remark = isSameRows
    ? 'Both were judged on the same rows.'
    : 'Their data or their split differ, so each was judged on other rows: promote compares their answers.';
  return [
    renderTable(
      [left.name, left.version, right.version],
      differences.map(({ name, shown }) => [name, ...shown]),
    ),
    ...(isSameRows === null ? [] : ['', remark]),
  ];
}

/** `chorus models diff`: what two versions do not share. */
export const modelsDiff: Command = {
  name: 'models diff',
  operands: '<name> <version> <version>',
  summary: 'compare two versions: data, options, code, metrics',
  details: ['chorus models diff <model> v1 v2'],
  flags,
  reads: true,
  run,
};
