/** Opens an untried model in a process of its own. A model that hangs or takes all memory is killed with it. */
import { fromOrtTensor, smallGraphOptions, startOrt, toOrtTensor } from '@chorus/runtime/graph';
import type { InferenceSession } from 'onnxruntime-node';
import type { ProbeOrder, ProbeReply } from './probe-messages.ts';

let session: InferenceSession | undefined;

async function obey(order: ProbeOrder): Promise<ProbeReply> {
  const ort = await startOrt();
  if (order.kind === 'open') {
    const options: InferenceSession.SessionOptions = order.optimize
      ? { intraOpNumThreads: 1 }
      : smallGraphOptions;
    session = await ort.InferenceSession.create(order.file, options);
    return { kind: 'opened' };
  }
  if (session === undefined) return { kind: 'failed', reason: 'nothing was opened' };
  const feeds = Object.fromEntries(order.inputs.map((each) => [each.name, toOrtTensor(ort, each)]));
  const started = performance.now();
  const fetched = await session.run(
    feeds,
    order.outputs.map(({ name }) => name),
  );
  const milliseconds = performance.now() - started;
  const outputs = order.outputs.flatMap(({ name, datatype }) => {
    const output = fetched[name];
    return output === undefined ? [] : [fromOrtTensor(name, datatype, output)];
  });
  return { kind: 'answered', outputs, milliseconds };
}

process.on('message', (order: ProbeOrder) => {
  obey(order)
    .catch((error: unknown): ProbeReply => {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    })
    .then((reply) => process.send?.(reply));
});
