import { DeadlineExceededError } from '@chorus/protocol';
import type { Handler, InvocationContext } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { within } from '@chorus/runtime/within';
import { cellOf } from './cell.ts';
import { countryOfPart } from './cell-features.ts';
import type { FeaturesSettings } from './env.ts';
import { FeaturesUnavailableError, MigrationError } from './errors.ts';
import { parsePlaceEvent } from './event.ts';
import { createFeatureStore, type FeatureStore } from './feature-store.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { migrate } from './migrate.ts';

/** The features of a place. */
export interface FeaturesAnswer {
  /** H3 cell of resolution 3. */
  readonly cell: string;
  /** ISO 3166-1 alpha-2 (XK: Kosovo); null where there is no land. */
  readonly country: string | null;
  /** How common the animals are around there, 0 (absent) to 3 (everywhere); null where there is no land. */
  readonly abundance: Readonly<Record<string, number>> | null;
  /** Version of the data. */
  readonly version: string;
  readonly source: 'cache' | 'database';
}

/** The function, and an end to its connections, which only tests need. */
export interface FeaturesFunction {
  readonly handle: Handler;
  close(): Promise<void>;
}

/** The rest of the invocation's own time when it stops waiting, in milliseconds: enough to say so. */
const reserveMs = 100;

/** The function where there is no feature store: it connects to nothing, and says so. */
const withoutFeatureStore: FeaturesFunction = {
  async handle(event) {
    if (isReadyEvent(event)) return { ready: true };
    const message = 'this deployment has no feature store';
    throw isMigrateEvent(event)
      ? new MigrationError(message)
      : new FeaturesUnavailableError(message);
  },
  close: async () => undefined,
};

/**
 * Makes the handler of the feature store: `{lat, lon, deadlineMs?}` -> {@link FeaturesAnswer}; `{"chorus":"ready"}` ->
 * `{"ready":true}`; `{"chorus":"migrate"}` brings the database up to date. Nothing is connected before an event needs it.
 *
 * The handler throws InvalidRequestError, FeaturesUnavailableError, DeadlineExceededError; after `migrate` MigrationError.
 *
 * @param settings none in a deployment without a feature store: what is asked then fails at once
 */
export function createFeaturesFunction(
  settings: FeaturesSettings | undefined,
  limits: Limits = defaultLimits,
): FeaturesFunction {
  if (settings === undefined) return withoutFeatureStore;
  const store = createFeatureStore(settings, limits);
  return {
    async handle(event, context) {
      if (isReadyEvent(event)) return { ready: true };
      if (isMigrateEvent(event)) return migrate(settings.databaseUrl);
      return answerPlace(store, event, context);
    },
    close: () => store.close(),
  };
}

function isMigrateEvent(event: unknown): boolean {
  return (
    typeof event === 'object' && event !== null && 'chorus' in event && event.chorus === 'migrate'
  );
}

async function answerPlace(
  store: FeatureStore,
  event: unknown,
  context: InvocationContext,
): Promise<FeaturesAnswer> {
  const place = parsePlaceEvent(event);
  const deadlineMs = Math.min(
    place.deadlineMs ?? Number.POSITIVE_INFINITY,
    context.deadlineMs - reserveMs,
  );
  const late = (): Error =>
    new DeadlineExceededError('the deadline passed before the features of this place were there');
  const leftMs = deadlineMs - Date.now();
  if (leftMs <= 0) {
    throw late();
  }
  const { cell, part } = cellOf(place.lat, place.lon);
  const finding = store.find(cell);
  const { features, source, cacheProblem } = await within(leftMs, finding, late);
  context.notes['source'] = source;
  if (cacheProblem !== undefined) {
    context.notes['cacheProblem'] = cacheProblem;
  }
  const { version, abundance } = features;
  return { cell, country: countryOfPart(features, part), abundance, version, source };
}
