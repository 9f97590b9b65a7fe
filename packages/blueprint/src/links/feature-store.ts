import { BlueprintError } from '../errors.ts';
import type { Named, Needs } from './needs.ts';

/** The feature store of the blueprint. */
export interface FeatureStoreLink {
  readonly kind: 'feature-store';
}

/**
 * Lets a function ask the feature store: it finds the database in `FEATURES_DATABASE_URL` and the cache in
 * `FEATURES_CACHE_URL`, and runs in their network, from which it reaches nothing else.
 */
export function featureStore(): FeatureStoreLink {
  return { kind: 'feature-store' };
}

/** @throws {BlueprintError} if there is none */
export function needsOfFeatureStore({ hasFeatureStore }: Named): Needs {
  if (!hasFeatureStore) throw new BlueprintError('asks the feature store, and there is none');
  return {
    variables: {
      FEATURES_DATABASE_URL: { kind: 'feature-store', part: 'database' },
      FEATURES_CACHE_URL: { kind: 'feature-store', part: 'cache' },
    },
    statements: [
      {
        sid: 'ConnectToDatabase',
        actions: ['rds-db:connect'],
        resources: [{ kind: 'database-user' }],
      },
    ],
    isolated: true,
  };
}
