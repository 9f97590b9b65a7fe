import type { InferRequest } from '@chorus/protocol';

/** How a version of the toy answers; by default it answers each row with the sum of its columns. */
export interface Behaviour {
  /** Added to every answer. */
  readonly shift?: number;
  /** Its weights do not load, for this reason. */
  readonly broken?: string;
  /** Every request is answered with this error. */
  readonly failure?: string;
  /** Every request is answered with this instead of tensors. */
  readonly answer?: unknown;
  /** Half of every answer is lost. */
  readonly isHalved?: boolean;
}

/** The state of a worker of the toy. */
export interface ToyWorker {
  /** Host, port and prefix of the Runtime API. */
  readonly runtimeApi: string;
  /** The version of the model that it serves. */
  readonly version: string;
  /** How the version behaves at this moment. */
  behaviour(): Behaviour;
}

/** The sum of every row, and what the version adds to it. */
function answerTo({ inputs: [input] }: InferRequest, version: string, shift: number): unknown {
  const [rows = 0, columns = 0] = input?.shape ?? [];
  const values = [...(input?.data ?? [])].map(Number);
  const data = Array.from({ length: rows }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, shift),
  );
  const price = { name: 'price', datatype: 'FP64', shape: [rows], data };
  return { model_name: 'toy', model_version: version, outputs: [price] };
}

/**
 * Answers events through the Runtime API until that is closed. It runs in the test's own process, in place of one that
 * would take longer to start than all the rest of a test.
 */
export async function runToy({ runtimeApi, version, behaviour }: ToyWorker): Promise<void> {
  const address = `http://${runtimeApi}/2018-06-01/runtime/invocation/`;
  for (;;) {
    const next = await fetch(`${address}next`);
    if (!next.ok) return;
    const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
    const event = (await next.json()) as InferRequest | { readonly chorus: 'ready' };
    const { broken, failure, answer, isHalved = false, shift = 0 } = behaviour();
    const isReady = 'chorus' in event;
    const error = isReady ? broken : failure;
    const body = isReady
      ? { ready: true, model_version: version }
      : (answer ?? answerTo(event, version, shift));
    const text = JSON.stringify(
      error === undefined ? body : { errorType: 'ModelLoadError', errorMessage: error },
    );
    await fetch(`${address}${id}/${error === undefined ? 'response' : 'error'}`, {
      method: 'POST',
      body: isHalved ? text.slice(0, text.length / 2) : text,
    });
  }
}
