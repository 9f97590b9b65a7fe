import { runBootstrap } from '@chorus/runtime/bootstrap';
import { functionVersion, mood } from './env.ts';

interface Order {
  readonly do: 'echo' | 'exit' | 'hang' | 'throw' | 'pid' | 'large' | 'environment' | 'wait';
  readonly milliseconds?: number;
}

/** A function that does as it is told, to see what the local cloud makes of it. */
await runBootstrap(() => async (event: unknown) => {
  const order = event as Order;
  switch (order.do) {
    case 'exit':
      return process.exit(7);
    case 'hang':
      return new Promise(() => setInterval(() => {}, 1000));
    case 'throw':
      throw new RangeError('told to');
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
      return event;
  }
});
