import { createModelHandler } from '@chorus/runtime';
import * as ort from 'onnxruntime-node';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { interleave } from './measure/interleave.ts';
import { quantile } from './measure/quantile.ts';
import { oneRowEvent, openSession } from './models.ts';
import type { Section, Target } from './report/section.ts';

const title = 'Warm: a handler beside session.run';

/** Microseconds of each of `calls` calls, one after the other. */
async function timeCalls(calls: number, call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let done = 0; done < calls; done += 1) {
    const started = performance.now();
    await call();
    times.push((performance.now() - started) * 1000);
  }
  return times;
}

/** The two ways to ask a model about one row, in this process. */
async function waysToAsk(context: BenchContext, model: string) {
  const trained = context.models.get(model);
  if (trained === undefined) throw new RangeError(`no model ${model}`);
  const manifest = { ...trained.manifest, version: 'v1' };
  const { schema } = manifest;
  const session = await openSession(trained);
  const loaded = { ort, session, manifest, version: 'v1', stored: Promise.resolve() };
  const handler = createModelHandler({ schema, loadModel: async () => loaded });
  const event = JSON.parse(oneRowEvent(context.models));
  const [input] = event.inputs;
  const feeds = {
    [input.name]: new ort.Tensor('float64', Float64Array.from(input.data), input.shape),
  };
  return {
    bare: () => session.run(feeds),
    handled: () =>
      handler(event, {
        requestId: 'warm',
        deadlineMs: Number.POSITIVE_INFINITY,
        functionArn: '',
        notes: {},
      }),
  };
}

async function run(context: BenchContext): Promise<Section> {
  const { quick, models, progress } = context;
  const blocks = quick ? 10 : 60;
  const calls = 250;
  const rows: (string | number)[][] = [];
  const targets: Target[] = [];
  for (const model of models.keys()) {
    progress(`warm: ${model}`);
    const { bare, handled } = await waysToAsk(context, model);
    const measured = await interleave(
      [
        { name: 'bare', measure: () => timeCalls(calls, bare) },
        { name: 'handler', measure: () => timeCalls(calls, handled) },
      ],
      blocks,
      20,
      () => {},
    );
    const of = (name: string, share: number) => quantile((measured.get(name) ?? []).flat(), share);
    const times = [of('bare', 0.5), of('bare', 0.99), of('handler', 0.5), of('handler', 0.99)];
    const ratio = of('handler', 0.5) / of('bare', 0.5);
    rows.push([model, ...times, ratio, String(blocks * calls)]);
    targets.push({
      what: `${model}: handler / session.run, p50`,
      measured: ratio,
      bound: 'at most',
      limit: 2,
    });
  }
  return {
    title,
    method: `One row, one process; the handler parses, checks, predicts and builds the answer, session.run is given a tensor that is made already. Blocks of ${calls} calls, interleaved.`,
    table: {
      columns: ['model', 'session.run p50 µs', 'p99', 'handler p50 µs', 'p99', 'ratio p50', 'n'],
      rows,
    },
    targets,
    notes: [],
  };
}

/** The time that the handler of a model adds to ONNX Runtime when everything is loaded. */
export const warm: Benchmark = { name: 'warm', title, run };
