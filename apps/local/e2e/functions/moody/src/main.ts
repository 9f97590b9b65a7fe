import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { functionVersion, mood } from './env.ts';

interface Order {
  readonly do:
    | 'echo'
    | 'exit'
    | 'exit-once'
    | 'append'
    | 'reject'
    | 'hang'
    | 'throw'
    | 'refuse'
    | 'pid'
    | 'large'
    | 'environment'
    | 'wait';
  readonly milliseconds?: number;
  /** Of `exit-once`: it is there once the function has exited. Of `append`: it gets a byte for each call. */
  readonly file?: string;
}

function init(): void {
  if (mood() === 'broken') throw new RangeError('broken on purpose');
}

/** A function that does as it is told, to see what the local cloud makes of it. */
await runBootstrap(() => {
  init();
  return answer;
});

async function answer(event: unknown): Promise<unknown> {
  const order = event as Order;
  switch (order.do) {
    case 'exit':
      return process.exit(7);
    case 'append':
      appendFileSync(order.file ?? '', '.');
      return new Promise((resolve) =>
        setTimeout(() => resolve({ pid: process.pid }), order.milliseconds),
      );
    case 'exit-once':
      if (existsSync(order.file ?? '')) return { pid: process.pid };
      writeFileSync(order.file ?? '', '');
      return process.exit(7);
    case 'reject':
      setTimeout(() => void Promise.reject(new Error('nothing awaits it')), order.milliseconds);
      return { pid: process.pid };
    case 'hang':
      return new Promise(() => setInterval(() => {}, 1000));
    case 'throw':
      throw new RangeError('told to');
    case 'refuse':
      throw Object.assign(new Error('told to'), { name: 'InvalidRequestError' });
    case 'pid':
      return { pid: process.pid };
    case 'wait':
      return new Promise((resolve) =>
        setTimeout(() => resolve({ pid: process.pid }), order.milliseconds),
      );
    case 'large':
      return 'x'.repeat(6_291_556);
    case 'environment':
      return { mood: mood(), version: functionVersion() };
    default:
      // What a route hands it: its answer is the event.
      return Object.hasOwn(order, 'httpMethod')
        ? { statusCode: 200, body: JSON.stringify(event) }
        : event;
  }
}
