import type { BenchContext, Benchmark } from './benchmark.ts';
import { peerIsMissing } from './benchmark.ts';
import { bucketOf } from './cold/bucket.ts';
import { startOtherSide } from './cold/other-side.ts';
import { lambdaEnvironment } from './cold/variants.ts';
import { type Docker, openDocker } from './images/engine.ts';
import { type ContainerStart, startContainer } from './images/launch.ts';
import { type ImageSize, imageSize, layerDigests } from './images/layers.ts';
import { buildRivals, rivalImages } from './images/rivals.ts';
import { interleave, type Variant } from './measure/interleave.ts';
import { median, minimum } from './measure/quantile.ts';
import { largestOf, oneRowEvent } from './models.ts';
import type { Cell, Section } from './report/section.ts';

const title = 'Images: size, and container start to first answer';
const megabyte = 1_000_000;
const ours = (name: string) => `chorus-${name}:local`;

/** Bases of docker/base, and most megabytes of a tabular model's image on each. */
const budgets = [
  { base: 'chorus-base:tiny', limit: 200 },
  { base: 'chorus-base:slim', limit: 290 },
] as const;
type Budget = (typeof budgets)[number];

const howTo =
  'first `export DOCKER_HOST=$(bash docker/engine.sh start)`, `bash docker/base/make-base.sh` and `BASE_IMAGE=chorus-base:tiny pnpm run build`, then `pnpm bench images`.';

const labels = {
  floor: 'floor: Node + ONNX Runtime',
  chorus: 'Chorus, the largest model',
  plain: 'plain Node: node_modules, AWS SDK, default session',
  python: 'Python: boto3, scikit-learn',
} as const;

const method =
  'The images in the engine, unpacked, in MB of 1,000,000 bytes. Then `docker run` with the network of the host, a read-only file system and a new `/tmp`, all variants interleaved: weights from an S3 on loopback, and the clock stops when the answer to the first event (one row) has been posted (the floor prints a line). "Process" counts from when the engine has the container\'s process running, and so leaves its own work out (within 4 ms of the start that Node itself notes).';

/** The section where nothing could be measured. */
function absent(reason: string): Section {
  const table = { columns: ['image', 'MB'], rows: [] };
  return { title, method, table, targets: [], notes: [`Not on this machine: ${reason}`] };
}

/** The base that an image was built on, one of ours; `undefined` when it is another or there is no such image. */
async function baseOf(docker: Docker, image: string): Promise<Budget | undefined> {
  const layers = await layerDigests(docker, image);
  for (const budget of budgets) {
    const base = await layerDigests(docker, budget.base);
    if (base.length > 0 && base.every((digest, index) => digest === layers[index])) return budget;
  }
  return undefined;
}

const inMegabytes = (bytes: number): number => bytes / megabyte;

function sizeRow(image: string, { bytes, layers }: ImageSize): Cell[] {
  const parts = layers.map(({ name, bytes: size }) => `${name} ${inMegabytes(size).toFixed(1)}`);
  return [image, inMegabytes(bytes), parts.join(' + ')];
}

type Starts = ReadonlyMap<string, readonly ContainerStart[]>;

/** Returns the median of one of the clocks; `undefined` for a variant that was not started. */
function medianOf(starts: Starts, name: string, clock: 'wallMs' | 'processMs'): number | undefined {
  const times = starts.get(name)?.map((start) => start[clock]) ?? [];
  return times.length === 0 ? undefined : median(times);
}

const ratio = (over: number | undefined, under: number | undefined): number | undefined =>
  over === undefined || under === undefined ? undefined : over / under;

function startRows(starts: Starts): Cell[][] {
  const floor = medianOf(starts, labels.floor, 'processMs');
  return [...starts].map(([name, all]) => {
    const walls = all.map(({ wallMs }) => wallMs);
    const processes = all.map(({ processMs }) => processMs);
    const cpu = all.flatMap(({ cpuMs }) => cpuMs ?? []);
    return [
      name,
      median(walls),
      minimum(walls),
      median(processes),
      minimum(processes),
      cpu.length === 0 ? undefined : median(cpu),
      ratio(median(processes), floor),
      String(all.length),
    ];
  });
}

const startColumns = [
  'container',
  'wall ms median',
  'wall min',
  'process ms median',
  'process min',
  'CPU ms',
  'process x floor',
  'n',
];

async function measureStarts(
  docker: Docker,
  hasPython: boolean,
  context: BenchContext,
): Promise<Starts> {
  const { quick, progress } = context;
  const side = await startOtherSide(await bucketOf(context));
  try {
    const largest = largestOf(context.models);
    const event = oneRowEvent(context.models);
    const variant = (
      name: string,
      image: string,
      file: string | undefined,
    ): Variant<ContainerStart> => ({
      name,
      measure: () =>
        file === undefined
          ? startContainer(docker, image, {}, undefined, side)
          : startContainer(
              docker,
              image,
              lambdaEnvironment(side.endpoint, largest, file),
              event,
              side,
            ),
    });
    const variants = [
      variant(labels.floor, rivalImages.floor, undefined),
      variant(labels.chorus, ours(largest), 'model.onnx'),
      variant(labels.plain, rivalImages.plain, 'model.onnx'),
      ...(hasPython ? [variant(labels.python, rivalImages.python, 'model.pkl')] : []),
    ];
    const rounds = quick ? 2 : 10;
    return await interleave(variants, rounds, 1, (round) =>
      progress(`images: round ${round + 1} of ${rounds}`),
    );
  } finally {
    await side.close();
  }
}

async function run(context: BenchContext): Promise<Section> {
  const docker = await openDocker();
  if (typeof docker === 'string') return absent(`${docker} To measure, ${howTo}`);
  const largest = largestOf(context.models);
  const tabular = [...context.models.keys()];
  const budget = await baseOf(docker, ours(largest));
  const names = [...tabular, 'gateway'].map(ours);
  const found = await Promise.all(names.map((image) => layerDigests(docker, image)));
  const missing = names.filter((_, index) => found[index]?.length === 0);
  if (missing.length > 0)
    return absent(`the engine has no ${missing.join(', ')}: to measure, ${howTo}`);
  if (budget === undefined)
    return absent(`${ours(largest)} is not on a base image of docker/base: to measure, ${howTo}`);

  const noPython = await buildRivals(docker, budget.base, context);
  const rivals = [rivalImages.plain, ...(noPython === undefined ? [rivalImages.python] : [])];
  const sizes = new Map<string, ImageSize>();
  for (const image of [...names, ...rivals]) sizes.set(image, await imageSize(docker, image));
  const starts = await measureStarts(docker, noPython === undefined, context);

  const process = (name: string) => medianOf(starts, name, 'processMs');
  const most = Math.max(...tabular.map((name) => sizes.get(ours(name))?.bytes ?? Number.NaN));
  return {
    title,
    method,
    table: {
      columns: ['image', 'MB', 'layers'],
      rows: [...sizes].map(([image, size]) => sizeRow(image, size)),
    },
    details: { columns: startColumns, rows: startRows(starts) },
    targets: [
      {
        what: `MB of the largest tabular model's image, on ${budget.base}`,
        measured: inMegabytes(most),
        bound: 'at most',
        limit: budget.limit,
      },
      {
        what: `${largest}, process time: Python / Chorus`,
        measured: ratio(process(labels.python), process(labels.chorus)),
        bound: 'at least',
        limit: 5,
      },
    ],
    notes: [
      `All images but Python's are on ${budget.base}. The plain one has the packages as \`pnpm install --prod\` leaves them, ONNX Runtime for every platform among them.`,
      ...(noPython === undefined
        ? [
            "Python's is made of Debian packages the way chorus-base:tiny is, without a shell, and of the peer's own packages (boto3, scikit-learn and what they require), compiled ahead.",
          ]
        : [`No Python image: ${noPython}.`]),
      ...(context.peer === undefined ? [peerIsMissing] : []),
    ],
  };
}

/**
 * The size of the images, and the time that a container of one takes to its first answer. Needs Docker and the built
 * images.
 */
export const images: Benchmark = { name: 'images', title, onlyWhenNamed: true, run };
