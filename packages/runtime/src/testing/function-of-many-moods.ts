import { writeFileSync } from 'node:fs';
import { runBootstrap } from '../bootstrap.ts';
import { initMood, traceId } from './env.ts';
import { oddValues } from './odd-values.ts';

/** An unhandled rejection, whenever a test says so. */
process.on('SIGUSR2', () => {
  void Promise.reject(new TypeError('rejected at a signal'));
});

/** Rejects without a handler, so many turns of the event loop later. */
function rejectAfter(turns: number): void {
  if (turns > 0) setImmediate(() => rejectAfter(turns - 1));
  else void Promise.reject(new TypeError(`rejected late`));
}

interface Mood {
  readonly mood: string;
  /** The name of one of `oddValues`. */
  readonly value?: string;
  readonly turns?: number;
}

/** A function that does as its event says; MOOD decides how it initialises. */
await runBootstrap(
  async () => {
    if (initMood() === 'init-throws') {
      throw new RangeError('no such table');
    }
    if (initMood() === 'init-odd') {
      throw oddValues['getters that throw']?.();
    }
    if (initMood() === 'init-stray') {
      void Promise.reject(new RangeError('no such table'));
      return new Promise(() => {});
    }
    return async (event, context) => {
      const { mood, value = '', turns = 0 } = event as Mood;
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
            throw new TypeError('thrown where nothing awaits it');
          });
          return new Promise(() => {});
        case 'rejection':
          void Promise.reject(new TypeError('rejected where nothing awaits it'));
          return new Promise(() => {});
        case 'odd':
          throw oddValues[value]?.();
        case 'odd-rejection':
          void Promise.reject(oddValues[value]?.());
          return new Promise(() => {});
        case 'odd-stray':
          setImmediate(() => {
            throw oddValues[value]?.();
          });
          return new Promise(() => {});
        case 'rejects-late':
          rejectAfter(turns);
          return {};
        case 'rejects-as-logged':
          // The line is written when the answer has been taken, just before the next event is asked for.
          process.stdout.write = () => {
            void Promise.reject(new TypeError('rejected while it logs'));
            return true;
          };
          return {};
        case 'rejects-and-throws':
          void Promise.reject(new TypeError('the first'));
          await new Promise((resolve) => setImmediate(resolve));
          throw new Error('the second');
        case 'hangs':
          return new Promise(() => {});
        case 'note':
          context.notes['cold'] = true;
          return {};
        case 'counts':
          context.count = () => ({ rows: 2, counts: '0x2|' });
          return {};
        case 'miscounts':
          context.count = () => {
            throw new RangeError('no such bin');
          };
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
