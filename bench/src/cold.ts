import type { BenchContext, Benchmark } from './benchmark.ts';
import { peerIsMissing } from './benchmark.ts';
import { bucketOf } from './cold/bucket.ts';
import { type ColdStart, timeToFirstAnswer, timeToFirstLine } from './cold/launch.ts';
import { startOtherSide } from './cold/other-side.ts';
import { buildVariants, type Variants } from './cold/variants.ts';
import { interleave, type Variant } from './measure/interleave.ts';
import { median, minimum } from './measure/quantile.ts';
import { largestOf, oneRowEvent } from './models.ts';
import type { Cell, Section } from './report/section.ts';

const title = 'Cold start: process start to first answer';

const floorNode = 'floor: node prints a line';
const floorOrt = 'floor: node + ONNX Runtime';

const labels = {
  chorus: 'Chorus',
  added: 'Chorus, its weights added by `models add`',
  naive: 'naive: AWS SDK, default session',
  python: 'Python: boto3, scikit-learn',
} as const;

/** The median CPU time; `undefined` if the system does not tell it. */
function medianCpu(starts: readonly ColdStart[]): number | undefined {
  const known = starts.flatMap(({ cpuMs }) => cpuMs ?? []);
  return known.length === 0 ? undefined : median(known);
}

const medianWall = (starts: readonly ColdStart[] = []): number | undefined =>
  starts.length === 0 ? undefined : median(starts.map(({ wallMs }) => wallMs));

const ratio = (over: number | undefined, under: number | undefined): number | undefined =>
  over === undefined || under === undefined ? undefined : over / under;

function report(
  measured: ReadonlyMap<string, readonly ColdStart[]>,
  { models, peer }: BenchContext,
): Section {
  const wall = (name: string) => medianWall(measured.get(name));
  const rows = [...measured].map(([name, starts]): Cell[] => {
    const walls = starts.map(({ wallMs }) => wallMs);
    return [
      name,
      median(walls),
      minimum(walls),
      medianCpu(starts),
      ratio(median(walls), wall(floorOrt)),
      String(starts.length),
    ];
  });
  const largest = largestOf(models);
  const ours = wall(`${labels.chorus}, ${largest}`);
  return {
    title,
    method:
      'A new process each time, bundled as for the image; weights from an S3 on loopback into an empty temporary folder; the clock stops when the answer to the first event (one row) has been posted. All variants interleaved.',
    table: {
      columns: ['process', 'ms median', 'ms min', 'CPU ms', 'x floor', 'n'],
      rows,
    },
    targets: [
      {
        what: `${largest}: Chorus / floor with ONNX Runtime`,
        measured: ratio(ours, wall(floorOrt)),
        bound: 'at most',
        limit: 2,
      },
      {
        what: `${largest}: its weights added by \`models add\` / its own package`,
        measured: ratio(wall(`${labels.added}, ${largest}`), ours),
        bound: 'at most',
        limit: 1.1,
      },
      {
        what: `${largest}: Python / Chorus`,
        measured: ratio(wall(`${labels.python}, ${largest}`), ours),
        bound: 'at least',
        limit: 6,
      },
    ],
    notes: peer === undefined ? [peerIsMissing] : [],
  };
}

/** From the floors upwards: the order of the table. */
function inOrder({ floors, functions }: Variants, start: Starter): Variant<ColdStart>[] {
  const kinds = ['chorus', 'added', 'naive', 'python'] as const;
  return [
    { name: floorNode, measure: () => timeToFirstLine(floors.node) },
    { name: floorOrt, measure: () => timeToFirstLine(floors.ort) },
    ...kinds.flatMap((wanted) =>
      functions
        .filter(({ kind }) => kind === wanted)
        .map(({ kind, model, program }) => ({
          name: `${labels[kind]}, ${model}`,
          measure: () => start(program),
        })),
    ),
  ];
}

type Starter = (program: Variants['functions'][number]['program']) => Promise<ColdStart>;

async function run(context: BenchContext): Promise<Section> {
  const { quick, directory, progress } = context;
  const side = await startOtherSide(await bucketOf(context));
  try {
    progress('cold: bundling');
    const event = oneRowEvent(context.models);
    const variants = await buildVariants(context, side.endpoint);
    const rounds = quick ? 2 : 15;
    const measured = await interleave(
      inOrder(variants, (program) => timeToFirstAnswer(program, event, side, directory)),
      rounds,
      1,
      (round) => progress(`cold: round ${round + 1} of ${rounds}`),
    );
    return report(measured, context);
  } finally {
    await side.close();
  }
}

/** How long a function takes from the start of its process to its first answer, per model. */
export const cold: Benchmark = { name: 'cold', title, run };
