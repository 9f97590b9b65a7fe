import { Tensor } from 'onnxruntime-node';
import { type BenchContext, type Benchmark, peerIsMissing } from './benchmark.ts';
import { interleave, type Variant } from './measure/interleave.ts';
import { median, minimum } from './measure/quantile.ts';
import { openSession } from './models.ts';
import type { Cell, Section } from './report/section.ts';
import { post, type Rival, startRivals } from './serve/rivals.ts';
import { manyRows, route, subject } from './subject.ts';

const rows = 1000;
const title = `Batch: POST ${route}, ${rows} rows`;
const bare = 'session.run of the models';

/** Milliseconds until `work` is done. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The models' share of the work: their sessions in this process, one after the other, the tensor made already. */
async function sessionsAlone({ models }: BenchContext, body: string): Promise<Variant<number>> {
  const { instances }: { instances: Record<string, number>[] } = JSON.parse(body);
  const data = Float64Array.from(instances.flatMap((row) => Object.values(row)));
  const features = new Tensor('float64', data, [rows, data.length / rows]);
  const sessions = await Promise.all([...models.values()].map(openSession));
  const runAll = async () => {
    for (const session of sessions) await session.run({ features });
  };
  return { name: bare, measure: () => time(runAll) };
}

async function run(context: BenchContext): Promise<Section> {
  const { quick, progress, peer } = context;
  const rounds = quick ? 5 : 40;
  const body = manyRows(rows);
  const rivals = await startRivals(context);
  try {
    const asVariant = ({ name, url }: Rival) => ({
      name,
      measure: () => time(() => post(url, body)),
    });
    const variants = [...rivals.all.map(asVariant), await sessionsAlone(context, body)];
    const measured = await interleave(variants, rounds, 5, (round) =>
      progress(`batch: round ${round + 1} of ${rounds}`),
    );
    const ours = median(measured.get(rivals.chorus.name) ?? []);
    const table = [...measured].map(([name, times]): Cell[] => [
      name,
      median(times),
      minimum(times),
      (rows / median(times)) * 1000,
      ours / median(times),
      String(times.length),
    ]);
    return {
      title,
      method: `${Math.round(body.length / 1000)} kB of JSON with named features in, ${rows} predictions of ${subject.functions.length} models and their mean out; one request at a time, interleaved. The last line is what the models alone take, in one process.`,
      table: {
        columns: ['', 'ms median', 'ms min', 'rows/s', 'Chorus takes x', 'n'],
        rows: table,
      },
      targets: [],
      notes: peer === undefined ? [peerIsMissing] : [],
    };
  } finally {
    await rivals.stop();
  }
}

/** Rows per second when a request brings as many as it may. */
export const batch: Benchmark = { name: 'batch', title, run };
