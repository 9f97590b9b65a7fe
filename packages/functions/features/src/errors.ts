import { ProtocolError } from '@chorus/protocol';

/**
 * 503: what is asked for is not in the cache, and the database cannot be read. A workflow goes on without the features;
 * trying again helps as soon as the database is back.
 */
export class FeaturesUnavailableError extends ProtocolError {
  override readonly status = 503;

  constructor(message: string, options?: ErrorOptions) {
    super('FeaturesUnavailableError', message, options);
  }
}

/** A migration cannot be applied: its text was changed after it had run, or the database refused it. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // Written out, so that minifying a bundle keeps it; not enumerable, as in the built-in errors.
    Object.defineProperty(this, 'name', { value: 'MigrationError', configurable: true });
  }
}

/** Returns an error's problem in a few words for a log line: a code such as ECONNREFUSED where there is one. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
