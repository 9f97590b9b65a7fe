import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Inspection, inspectModel } from '@chorus/intake';
import { sessionOptionsOf, smallGraphOptions, toOrtTensor } from '@chorus/runtime/graph';
import { blueprint } from '@chorus/service';
import * as ort from 'onnxruntime-node';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { interleave } from './measure/interleave.ts';
import { median } from './measure/quantile.ts';
import type { Cell, Section, Target } from './report/section.ts';

const title = 'Sessions: with and without the optimisations of ONNX Runtime';

const root = resolve(import.meta.dirname, '../..');

/** The ways to open a graph. `models add` takes one of them by the graph's operators. */
const ways = {
  plain: smallGraphOptions,
  optimised: sessionOptionsOf({ session: { optimize: true } }, smallGraphOptions),
} as const;
type Way = keyof typeof ways;

/** Requests of a small environment's life, in which an optimisation has to pay. */
const asked = 10;

/** What one opening of a graph takes, in milliseconds. */
interface Opened {
  readonly openMs: number;
  readonly runMs: number;
}

/** The weights of the models that are measured, and those that have theirs in a folder. */
async function allWeights({ models }: BenchContext): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map([...models].map(([name, { bytes }]) => [name, bytes]));
  for (const { name, kind, source } of blueprint.functions) {
    if (kind !== 'model' || found.has(name)) continue;
    found.set(name, await readFile(join(root, source, 'weights/model.onnx')));
  }
  return found;
}

async function openAndRun(
  { bytes, example }: Inspection,
  way: Way,
  calls: number,
): Promise<Opened> {
  const started = performance.now();
  const session = await ort.InferenceSession.create(bytes, ways[way]);
  const openMs = performance.now() - started;
  const feeds = Object.fromEntries(
    example.inputs.map((input) => [input.name, toOrtTensor(ort, input)]),
  );
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const before = performance.now();
    await session.run(feeds);
    times.push(performance.now() - before);
  }
  await session.release();
  return { openMs, runMs: median(times) };
}

async function run(context: BenchContext): Promise<Section> {
  const { quick, progress } = context;
  const rows: Cell[][] = [];
  const targets: Target[] = [];
  for (const [name, bytes] of await allWeights(context)) {
    progress(`sessions: ${name}`);
    const file = join(context.directory, `${name}.onnx`);
    await writeFile(file, bytes);
    const inspection = await inspectModel(file);
    const measured = await interleave(
      (['plain', 'optimised'] as const).map((way) => ({
        name: way,
        measure: () => openAndRun(inspection, way, quick ? 3 : 20),
      })),
      quick ? 2 : 10,
      1,
      () => {},
    );
    const of = (way: Way, what: keyof Opened) =>
      median((measured.get(way) ?? []).map((each) => each[what]));
    const chosen: Way = inspection.optimize ? 'optimised' : 'plain';
    const total = (way: Way) => of(way, 'openMs') + asked * of(way, 'runMs');
    const other: Way = chosen === 'plain' ? 'optimised' : 'plain';
    const times = [of('plain', 'openMs'), of('optimised', 'openMs')];
    rows.push([name, chosen, ...times, of('plain', 'runMs'), of('optimised', 'runMs')]);
    targets.push({
      what: `${name}: opened and asked ${asked} times, as chosen / the other way`,
      measured: total(chosen) / total(other),
      bound: 'at most',
      limit: 1.1,
    });
  }
  return {
    title,
    method:
      'The same weights opened both ways in turn, asked about one row, one thread. "Chosen" is what `models add` decides by the operators of the graph.',
    table: {
      columns: ['model', 'chosen', 'open ms plain', 'optimised', 'run ms plain', 'optimised'],
      rows,
    },
    targets,
    notes: [],
  };
}

/** What ONNX Runtime's optimisations of a graph cost at the start and save in each call. */
export const sessions: Benchmark = { name: 'sessions', title, run };
