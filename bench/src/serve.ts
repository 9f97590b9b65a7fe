import { type BenchContext, type Benchmark, peerIsMissing } from './benchmark.ts';
import { interleave } from './measure/interleave.ts';
import { median, quantile } from './measure/quantile.ts';
import type { Cell, Section } from './report/section.ts';
import { applyLoad, type Load } from './serve/load.ts';
import { type Rival, type Rivals, startRivals } from './serve/rivals.ts';
import { oneRow, route } from './subject.ts';

const title = `Serving: POST ${route}, one row`;
const loads = [1, 16] as const;

/** The figures of all blocks of one rival under one load. */
interface Figures {
  readonly p50: number;
  readonly p99: number;
  /** Median of the blocks. */
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number | undefined;
  readonly answers: number;
}

function figuresOf(blocks: readonly Load[]): Figures {
  const latencies = blocks.flatMap((block) => block.latencies);
  const cpu = blocks.flatMap(({ cpuMsPerRequest }) => cpuMsPerRequest ?? []);
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    requestsPerSecond: median(blocks.map(({ requestsPerSecond }) => requestsPerSecond)),
    cpuMsPerRequest: cpu.length === 0 ? undefined : median(cpu),
    answers: latencies.length,
  };
}

function report(
  rivals: Rivals,
  figures: (rival: Rival | undefined, connections: number) => Figures | undefined,
): Section {
  const rows = loads.flatMap((connections) =>
    rivals.all.map((rival): Cell[] => {
      const ours = figures(rivals.chorus, connections);
      const found = figures(rival, connections);
      return [
        rival.name,
        String(connections),
        found?.p50,
        found?.p99,
        found?.requestsPerSecond,
        found?.cpuMsPerRequest,
        ours && found && ours.requestsPerSecond / found.requestsPerSecond,
        String(found?.answers),
      ];
    }),
  );
  const ratio = (connections: number, figure: 'p50' | 'requestsPerSecond') => {
    const ours = figures(rivals.chorus, connections);
    const peers = figures(rivals.threads, connections);
    return ours && peers && ours[figure] / peers[figure];
  };
  return {
    title,
    method:
      'The local cloud (state machine, a process per model) and one FastAPI process with the same models by scikit-learn, each in turn under load from this process; both warmed up, blocks interleaved. `def` runs in a pool of threads, as FastAPI advises for work that blocks, and is what the targets compare with; `async def` on the event loop, one request at a time.',
    table: {
      columns: [
        'server',
        'connections',
        'p50 ms',
        'p99 ms',
        'requests/s',
        'CPU ms/request',
        'Chorus serves x',
        'n',
      ],
      rows,
    },
    targets: [
      {
        what: 'p50 at 1 connection: Chorus / FastAPI',
        measured: ratio(1, 'p50'),
        bound: 'at most',
        limit: 1,
      },
      {
        what: 'requests/s at 16 connections: Chorus / FastAPI',
        measured: ratio(16, 'requestsPerSecond'),
        bound: 'at least',
        limit: 3,
      },
    ],
    notes: rivals.threads === undefined ? [peerIsMissing] : [],
  };
}

async function run(context: BenchContext): Promise<Section> {
  const { quick, progress } = context;
  const rounds = quick ? 2 : 6;
  const seconds = quick ? 1 : 5;
  const rivals = await startRivals(context);
  try {
    const name = (rival: Rival, connections: number) => `${rival.name} at ${connections}`;
    const variants = rivals.all.flatMap((rival) =>
      loads.map((connections) => ({
        name: name(rival, connections),
        measure: () => applyLoad(rival, oneRow, connections, seconds),
      })),
    );
    for (const rival of rivals.all) {
      progress(`serve: warming up ${rival.name}`);
      await applyLoad(rival, oneRow, loads[1], 2 * seconds);
    }
    const measured = await interleave(variants, rounds, 1, (round) =>
      progress(`serve: round ${round + 1} of ${rounds}`),
    );
    return report(rivals, (rival, connections) => {
      const blocks = rival && measured.get(name(rival, connections));
      return blocks && figuresOf(blocks);
    });
  } finally {
    await rivals.stop();
  }
}

/** Latency and throughput of a prediction over HTTP, beside the plain alternative. */
export const serve: Benchmark = { name: 'serve', title, run };
