import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { target, writeRows } from './forest/write-rows.ts';
import { peerScript } from './peer.ts';
import type { Cell, Section } from './report/section.ts';

const title = 'Forest: ten million rows';

/** Few trees of large leaves: what is measured is how long a tree takes. */
const options = { trees: 4, maxFeatures: 1 / 3, minLeaf: 50, maxDepth: 0, exactRows: 50_000 };

/** Most memory of the process that trains, in megabytes; the rows as numbers of eight bytes would be 1,200. */
const mostMemory = 1024;

interface Measured {
  readonly seconds: number;
  /** Seconds, user and system. */
  readonly cpu: number;
  /** Megabytes. */
  readonly peakMb: number;
  /** On the held-out rows. */
  readonly rmse?: number;
}

const run = promisify(execFile);

async function runOurs(name: string, args: readonly string[]): Promise<Measured> {
  const script = join(import.meta.dirname, 'forest', name);
  const { stdout } = await run(process.execPath, [script, ...args]);
  return JSON.parse(stdout);
}

/** Trains scikit-learn's forest; `undefined` without a Python that reads Parquet. */
async function runPeer({ peer }: BenchContext, args: string[]): Promise<Measured | undefined> {
  if (peer === undefined) return undefined;
  const { python, environment: env } = peer;
  const reads = await run(python, ['-c', 'import pyarrow'], { env }).catch(() => undefined);
  if (reads === undefined) return undefined;
  const { stdout } = await run(python, [peerScript('forest.py'), ...args], { env });
  return JSON.parse(stdout);
}

async function measure(context: BenchContext): Promise<Section> {
  const { quick, directory, progress } = context;
  const count = quick ? 200_000 : 10_000_000;
  const [file, train, test] = ['forest.csv', 'train.parquet', 'test.parquet'].map((name) =>
    join(directory, name),
  ) as [string, string, string];
  progress('forest: writing rows');
  await writeRows(file, count);
  progress('forest: splitting them');
  const split = await runOurs('split.ts', [file, train, test]);
  progress('forest: training');
  const ours = await runOurs('train.ts', [train, test, JSON.stringify(options)]);
  progress('forest: training with scikit-learn');
  const theirs = await runPeer(context, [train, test, target, JSON.stringify(options)]);
  const row = (name: string, { seconds, cpu, peakMb, rmse }: Measured): Cell[] => [
    name,
    seconds,
    cpu,
    peakMb,
    rmse,
  ];
  return {
    title,
    method: `${count.toLocaleString('en')} rows of 14 numbers as CSV, split into two Parquet files; then ${options.trees} trees on the four fifths to train on, each on rows drawn with replacement, a third of the columns tried at a split, at least ${options.minLeaf} rows in a leaf. Each is a process of its own with one thread; its time and memory are from opening the file to the trained model. scikit-learn reads the same Parquet files, as the float32 that its trees take.`,
    table: {
      columns: ['', 's', 's of processor', 'MB at peak', 'RMSE of held-out rows'],
      rows: [
        row('CSV to Parquet, split', split),
        row('Chorus, forest', ours),
        ...(theirs ? [row('scikit-learn, forest', theirs)] : []),
      ],
    },
    targets: [
      { what: 'MB of training', measured: ours.peakMb, bound: 'at most', limit: mostMemory },
      {
        what: 'time of a processor, against scikit-learn',
        measured: theirs && ours.cpu / theirs.cpu,
        bound: 'at most',
        limit: 1,
      },
      {
        what: 'RMSE, against scikit-learn',
        measured: theirs && (ours.rmse ?? Number.NaN) / (theirs.rmse ?? Number.NaN),
        bound: 'at most',
        limit: 1.03,
      },
    ],
    notes: theirs ? [] : ['There is no Python with scikit-learn and pyarrow on this machine.'],
  };
}

/** A training that does not fit into memory as numbers; named runs only, as it takes minutes and gigabytes of disk. */
export const forest: Benchmark = { name: 'forest', title, onlyWhenNamed: true, run: measure };
