import { statusOfErrorName } from '@chorus/protocol';
import { causeOf, describeError, isA } from './describe-error.ts';
import { RuntimeFailure } from './errors.ts';
import { type Fields, log } from './log.ts';
import { within } from './within.ts';

/** Longest that a process which has to end waits for what it finishes first, in milliseconds. */
const finishMs = 2_000;

/**
 * Returns the log's fields about a failed invocation. A message may quote the payload, so only our own are repeated,
 * with their causes; a caller's mistake (4xx) is told to the caller alone.
 */
export function explain(thrown: unknown): Fields {
  const { errorType, stackTrace } = describeError(thrown);
  if (statusOfErrorName(errorType) < 500) {
    return { error: errorType };
  }
  const source = isA(thrown, RuntimeFailure) || !isA(thrown, Error) ? thrown : causeOf(thrown);
  const reason = isA(source, Error) ? describeError(source).errorMessage : undefined;
  return { error: errorType, reason, stack: stackTrace.join('\n') };
}

/** The end of a process by an error, which happens once. */
export interface Fatal {
  /** Set from the moment of the error, and never settled: no event is asked for any more. */
  readonly ending: Promise<never> | undefined;
  /** Says what is finished before the process ends, from now on, and where its error is reported. */
  during(finish: (error: unknown) => Promise<void>): void;
  /** Logs a fault, finishes what runs, and exits with 1. Never settles. */
  end(error: unknown, facts?: Fields): Promise<never>;
}

/** Watches over the end of this process; an unhandled rejection brings it about by itself. */
export function createFatal(): Fatal {
  let finish: (error: unknown) => Promise<void> = async () => {};
  let ending: Promise<never> | undefined;

  async function finishAndExit(error: unknown, facts: Fields): Promise<never> {
    try {
      // Before anything is awaited: what runs must know at once that its answer is no longer its own.
      const finished = finish(error);
      log('error', 'fatal', facts);
      // What does not finish must not keep a broken process.
      await within(finishMs, finished, () => new Error(`not finished within ${finishMs} ms`));
    } catch (failure) {
      // The report is a courtesy: without it Lambda still sees the process end.
      log('error', 'fatal error not reported', { reason: describeError(failure).errorMessage });
    } finally {
      process.exit(1);
    }
  }

  function end(error: unknown, facts = explain(error)): Promise<never> {
    if (ending === undefined) ending = finishAndExit(error, facts);
    else log('error', 'another error while the process ends', facts);
    return ending;
  }

  const stray = (error: unknown): void => void end(error);
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  return {
    get ending() {
      return ending;
    },
    during(next) {
      finish = next;
    },
    end,
  };
}
