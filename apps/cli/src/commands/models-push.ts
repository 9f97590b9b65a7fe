import { resolve } from 'node:path';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Cloud, withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { findModel, loadSchema } from '../models.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';
import type { Weights } from '../weights.ts';

const flags = {
  version: {
    type: 'string',
    value: 'vN',
    description: 'the version to push as. Default: the next',
  },
  reference: {
    type: 'string',
    value: 'rows.csv',
    description:
      'the rows that it was trained on (.csv, .jsonl or .parquet): drift is told by how they are distributed',
  },
  ...cloudFlags,
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, path] = takeArguments(['name', 'folder or model.onnx'], positionals);
  const settings = readSettings(io.env);
  const model = await findModel(name);
  const schema = await loadSchema(model);
  const target = await findTarget(settings, values);
  const [{ readWeights }, { localManifest }] = await Promise.all([
    import('../weights.ts'),
    import('../model-example.ts'),
  ]);
  const image = (await localManifest(model))?.image;
  const found = await readWeights(resolve(settings.workingDirectory, path), schema, image);
  const { withReference } = await import('../drift/reference-of-rows.ts');
  const manifest = await withReference(found.manifest, values.reference, settings.workingDirectory);
  const weights = { ...found, manifest };
  const pushed = await withCloud(target, (cloud) => push(cloud, weights, values.version));
  if (values.json === true) {
    const { hasManifest, manifest, changes } = weights;
    printJson(io, { model: name, ...pushed, hasManifest, changes, ...manifest.file });
  } else {
    print(io, ...render(weights, pushed, target.flags));
  }
  return 0;
}

interface Pushed {
  readonly version: string;
  /** False when the same content was there already. */
  readonly created: boolean;
}

/** @param asked the version to push as; the next one without it */
async function push(
  cloud: Cloud,
  { manifest: given, bytes }: Weights,
  asked: string | undefined,
): Promise<Pushed> {
  const [{ findLive }, { lineageOf }] = await Promise.all([
    import('../live.ts'),
    import('../lineage.ts'),
  ]);
  const { registry } = cloud;
  const live = await findLive(cloud, given.name);
  const manifest = { ...given, lineage: await lineageOf(live?.version, given.lineage) };
  if (asked !== undefined) {
    const outcome = await registry.pushVersion({ ...manifest, version: asked }, bytes);
    return { version: asked, created: outcome === 'created' };
  }
  const { pushNext } = await import('../push-next.ts');
  return { version: await pushNext(registry, manifest, bytes), created: true };
}

function render(weights: Weights, { version, created }: Pushed, cloud: string): readonly string[] {
  const { manifest, named, hasManifest, changes } = weights;
  const kb = Math.ceil(manifest.file.bytes / 1000);
  const renamed = named === undefined || named === version ? '' : ` (its manifest says ${named})`;
  return [
    created
      ? `Pushed ${kb} kB as ${manifest.name} ${version}${renamed}.`
      : `${manifest.name} ${version} was there already, with the same content.`,
    ...changes.map((line) => `Changed: ${line}.`),
    ...(hasManifest
      ? []
      : ["No manifest.json beside it: it got one with the model's schema, without metrics."]),
    `Next: ${program} models swap ${manifest.name} ${version}${cloud} (refused if it does not answer)`,
  ];
}

/** `chorus models push`: publishes weights that were trained elsewhere. */
export const modelsPush: Command = {
  name: 'models push',
  operands: '<name> <folder or model.onnx>',
  summary: 'push weights trained elsewhere as a version',
  details: [
    'Opens the file in a process of its own, mends what exporters do by default, asks it, and compares',
    'it with what the model serves: nothing is published that does not answer. A manifest.json beside the',
    'weights is checked and kept. A model that is not served yet: chorus models add.',
  ],
  flags,
  run,
};
