import { writeSync } from 'node:fs';
import { functionVersion, initialisation, mood, runtimeApi } from './env.ts';

/** An event: the order that the function follows. */
interface Order {
  readonly do?:
    | 'echo'
    | 'environment'
    | 'hang'
    | 'exit'
    | 'say'
    | 'linger'
    | 'address'
    | 'trace'
    | 'initialisation';
  readonly text?: string;
}

const address = `http://${runtimeApi()}/2018-06-01/runtime/`;

function post(path: string, body: unknown): Promise<Response> {
  return fetch(address + path, { method: 'POST', body: JSON.stringify(body) });
}

function never(): Promise<never> {
  return new Promise(() => setInterval(() => {}, 60_000));
}

async function answerTo(order: Order | null, trace: string | null): Promise<unknown> {
  switch (order?.do) {
    case 'environment':
      return { mood: mood(), version: functionVersion(), pid: process.pid };
    case 'address':
      return { address: runtimeApi() };
    case 'initialisation':
      return { initialisation: initialisation(), pid: process.pid };
    case 'trace':
      return { trace };
    case 'exit':
      return process.exit(7);
    case 'hang':
      return never();
    case 'say':
      writeSync(1, order?.text ?? '');
      return {};
    default:
      return order;
  }
}

if (mood() === 'init-throws') {
  await post('init/error', { errorType: 'RangeError', errorMessage: 'no such table' });
  // The worker that has failed stays for a while: its end must not be reported instead.
  await never();
}
if (mood() === 'init-exits') process.exit(3);
if (mood() === 'init-hangs') await never();

/** A function that speaks the Runtime API by itself, so that tests see what the other side makes of each request. */
while (true) {
  const next = await fetch(`${address}invocation/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const order = (await next.json()) as Order | null;
  const trace = next.headers.get('lambda-runtime-trace-id');
  if (mood() === 'fails')
    await post(`invocation/${id}/error`, { errorType: 'RangeError', errorMessage: 'no such row' });
  else await post(`invocation/${id}/response`, await answerTo(order, trace));
  if (order?.do === 'linger') await never();
}
