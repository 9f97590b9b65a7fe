import { writeFileSync } from 'node:fs';
import { runBootstrap } from '../bootstrap.ts';
import { initMood, traceId } from './env.ts';

/** A function that does as its event says; MOOD decides how it initialises. */
await runBootstrap(
  async () => {
    if (initMood() === 'init-throws') {
      throw new RangeError('no such table');
    }
    return async (event, context) => {
      const { mood } = event as { mood: string };
      switch (mood) {
        case 'throws':
          throw Object.assign(new Error('the payload is secret'), { name: 'OutOfRangeError' });
        case 'fault':
          throw new TypeError('cannot read the age of Ada');
        case 'throws-no-error':
          throw 'just a string';
        case 'big':
          return 'x'.repeat(7_000_000);
        case 'nothing':
          return undefined;
        case 'trace':
          return { trace: traceId() ?? null };
        case 'stray':
          setImmediate(() => {
            throw new TypeError('thrown where nobody waits');
          });
          return new Promise(() => {});
        case 'rejection':
          void Promise.reject(new TypeError('rejected where nobody waits'));
          return new Promise(() => {});
        case 'hangs':
          return new Promise(() => {});
        case 'note':
          context.notes['cold'] = true;
          return {};
        default:
          return { event, context };
      }
    };
  },
  {
    beforeSnapshot: async () => {
      if (initMood() === 'snapshot-fails') {
        throw new Error('not ready for a snapshot');
      }
      writeFileSync(1, '{"message":"before snapshot"}\n');
    },
    afterRestore: async () => {
      if (initMood() === 'restore-fails') {
        throw new Error('not restored');
      }
      writeFileSync(1, '{"message":"after restore"}\n');
    },
  },
);
