import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchContext, type Benchmark, peerIsMissing } from './benchmark.ts';
import { MeasurementError } from './errors.ts';
import { peerScript } from './peer.ts';
import type { Cell, Section } from './report/section.ts';
import { assertEachOnce, makeRows } from './rows/make-rows.ts';
import { pidOf, runBatch, untilAnswered, watchMemory } from './rows/run-batch.ts';
import { startCloudIn } from './serve/server.ts';
import { subject } from './subject.ts';

const title = 'Rows: a file of a million rows';

/** Most memory of the local cloud's own process, in megabytes, whatever the number of rows. */
const mostMemory = 1024;

interface Measured {
  readonly name: string;
  readonly seconds: number;
  /** Megabytes. */
  readonly own: number;
  readonly all: number | undefined;
}

const run = promisify(execFile);

async function runPeer(context: BenchContext, file: string): Promise<Measured | undefined> {
  const { peer, directory, progress } = context;
  if (peer === undefined) return undefined;
  progress('rows: the Python process');
  const args = [peerScript('rows.py'), peer.directory, file, join(directory, 'peer.jsonl')];
  const { stdout } = await run(peer.python, args, { env: peer.environment });
  const { seconds, peakMb } = JSON.parse(stdout);
  return { name: 'one Python process, scikit-learn', seconds, own: peakMb, all: peakMb };
}

/** Asks about a file, and makes sure that each row is answered once. */
async function runWhole(
  context: BenchContext,
  state: string,
  file: string,
  count: number,
): Promise<Measured> {
  const to = join(context.directory, 'whole');
  const cloud = await startCloudIn(state);
  const watch = watchMemory(cloud.pid);
  try {
    context.progress('rows: the whole file');
    const ended = await runBatch(state, [subject.name, file, '--to', to]).ended;
    if (ended === undefined) throw new MeasurementError('the batch failed');
    await assertEachOnce(join(to, 'predictions.jsonl'), count);
    return { name: 'Chorus, local cloud', seconds: ended.seconds, ...watch.peak };
  } finally {
    watch.stop();
    await cloud.stop();
  }
}

/** The same with the cloud killed when half of it is done, and started again. */
async function runKilled(
  context: BenchContext,
  state: string,
  file: string,
  count: number,
): Promise<void> {
  const to = join(context.directory, 'killed');
  context.progress('rows: half of the file, and then SIGKILL');
  const first = await startCloudIn(state);
  const begun = runBatch(state, [subject.name, file, '--to', to]);
  const name = await begun.name;
  // The whole file's rows are in the same folder.
  await untilAnswered(state, count + count / 2);
  process.kill(await pidOf(state), 'SIGKILL');
  await begun.ended;
  await first.stop();
  context.progress('rows: the other half');
  const second = await startCloudIn(state);
  try {
    const ended = await runBatch(state, [subject.name, '--resume', name]).ended;
    if (ended === undefined)
      throw new MeasurementError('the batch failed after its cloud was killed');
    await assertEachOnce(join(to, 'predictions.jsonl'), count);
  } finally {
    await second.stop();
  }
}

async function measure(context: BenchContext): Promise<Section> {
  const count = context.quick ? 20_000 : 1_000_000;
  const file = join(context.directory, 'rows.csv');
  await makeRows(file, count);
  const state = await mkdtemp(join(context.directory, 'cloud-'));
  const peer = await runPeer(context, file);
  const whole = await runWhole(context, state, file, count);
  await runKilled(context, state, file, count);
  return {
    title,
    method: `\`chorus batch\` with ${count.toLocaleString('en')} rows: a Standard workflow whose distributed Map asks ${subject.name} about 500 rows at a time. Beside it one Python process that reads the same file, asks the same models of scikit-learn 10,000 rows at a time, and writes JSON Lines. Then once more with the cloud killed (SIGKILL) when half of the rows have an answer, started again and resumed: each row is there once, or the run fails.`,
    table: {
      columns: ['', 's', 'rows/s', 'against Python', 'MB of the process', 'MB with its workers'],
      rows: [whole, ...(peer ? [peer] : [])].map(({ name, seconds, own, all }): Cell[] => [
        name,
        seconds,
        count / seconds,
        peer && peer.seconds / seconds,
        own,
        all,
      ]),
    },
    targets: [
      {
        what: "MB of the local cloud's process",
        measured: whole.own,
        bound: 'at most',
        limit: mostMemory,
      },
      {
        what: 'rows twice or missing after a SIGKILL half-way',
        measured: 0,
        bound: 'at most',
        limit: 0,
      },
    ],
    notes: peer === undefined ? [peerIsMissing] : [],
  };
}

/** A file of rows, with a kill half-way; named runs only, as it takes minutes. */
export const rows: Benchmark = { name: 'rows', title, onlyWhenNamed: true, run: measure };
