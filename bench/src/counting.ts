import { createModelHandler } from '@chorus/runtime';
import * as ort from 'onnxruntime-node';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { interleave } from './measure/interleave.ts';
import { median } from './measure/quantile.ts';
import { openSession } from './models.ts';
import type { Section, Target } from './report/section.ts';
import { values } from './subject.ts';

const title = 'Counting: a function that counts what it is asked beside one that does not';

/** Sizes of requests, and how many of them are a block: some milliseconds, so that most blocks are not interrupted. */
const requests = [
  { rows: 1, calls: 40 },
  { rows: 1000, calls: 1 },
] as const;

/** What a function does with an event, from its bytes to those of the answer and of the log line. */
type Invoke = (payload: string) => Promise<number>;

/** Microseconds of the processor that a call takes, of many. */
async function cpuOf(calls: number, invoke: Invoke, payload: string): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await invoke(payload);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** A model's function, with what there is to count by, or without. */
async function functionOf(context: BenchContext, model: string, counts: boolean): Promise<Invoke> {
  const trained = context.models.get(model);
  if (trained === undefined) throw new RangeError(`no model ${model}`);
  const { training, ...plain } = trained.manifest;
  const manifest = {
    ...plain,
    version: 'v1',
    ...(training && {
      training: counts ? training : { ...training, reference: [], outputReference: [] },
    }),
  };
  const session = await openSession(trained);
  const loaded = { ort, session, manifest, version: 'v1', stored: Promise.resolve() };
  const handler = createModelHandler({
    schema: manifest.schema,
    loadModel: async () => loaded,
  });
  return async (payload) => {
    const notes: Record<string, string | number | boolean> = {};
    const invocation: Parameters<typeof handler>[1] = {
      requestId: 'some-request',
      deadlineMs: Number.POSITIVE_INFINITY,
      functionArn: '',
      notes,
    };
    const answer = JSON.stringify(await handler(JSON.parse(payload), invocation));
    const line = JSON.stringify({
      timestamp: new Date().toISOString(),
      level: 'INFO',
      message: 'invocation',
      requestId: invocation.requestId,
      function: model,
      version: '$LATEST',
      durationMs: 1.234,
      outcome: 'ok',
      ...notes,
      ...invocation.count?.(),
    });
    return answer.length + Buffer.byteLength(line);
  };
}

/** Rows like the example, each value a little different from that of another row. */
function payloadOf(context: BenchContext, rows: number): string {
  const [first] = context.models.values();
  const [input] = first?.manifest.schema.inputs ?? [];
  const data = Array.from({ length: rows }, (_, row) =>
    values.map((value, column) => value * (0.7 + 0.6 * (((row * 31 + column * 7) % 97) / 97))),
  ).flat();
  return JSON.stringify({
    inputs: [{ name: input?.name, datatype: input?.datatype, shape: [rows, values.length], data }],
  });
}

async function run(context: BenchContext): Promise<Section> {
  const { quick, models, progress } = context;
  const rounds = quick ? 4 : 300;
  const table: (string | number)[][] = [];
  const targets: Target[] = [];
  for (const model of models.keys()) {
    const counting = await functionOf(context, model, true);
    const plain = await functionOf(context, model, false);
    for (const { rows, calls } of requests) {
      progress(`counting: ${model}, ${rows} rows`);
      const payload = payloadOf(context, rows);
      const measured = await interleave(
        [
          { name: 'plain', measure: () => cpuOf(calls, plain, payload) },
          { name: 'counting', measure: () => cpuOf(calls, counting, payload) },
        ],
        rounds,
        // Until all of the code is compiled, and compiled again with what it is asked.
        quick ? 1 : 400,
        () => {},
      );
      const of = (name: string) => measured.get(name) ?? [];
      // Neighbours in time, so that what else the machine does is in both.
      const more = of('counting').map((time, round) => time / (of('plain')[round] ?? time) - 1);
      const cost = median(more);
      table.push([
        model,
        String(rows),
        median(of('plain')),
        median(of('counting')),
        (cost * 100).toFixed(1),
        String(rounds * calls),
      ]);
      targets.push({
        what: `${model}, ${rows} ${rows === 1 ? 'row' : 'rows'}: share that counting adds`,
        measured: cost,
        bound: 'at most',
        limit: 0.03,
      });
    }
  }
  return {
    title,
    method:
      'One process: from the bytes of an event to those of its answer and of its log line, without the connection to Lambda. Processor time of blocks of calls, interleaved; the share is the median over all rounds of one block beside the other.',
    table: {
      columns: ['model', 'rows', 'plain µs', 'counting µs', 'more %', 'n'],
      rows: table,
    },
    targets,
    notes: [],
  };
}

/** What it costs a model's function to count its inputs and answers. */
export const counting: Benchmark = { name: 'counting', title, run };
