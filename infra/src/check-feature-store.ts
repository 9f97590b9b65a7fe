import type { Blueprint, StageSpec } from '@chorus/blueprint';
import { OptionError } from './errors.ts';

/** Most connections of one environment; the pool of `packages/functions/features` has as many. */
export const connectionsPerEnvironment = 1;

/**
 * Checks that the functions which ask the feature store cannot open more connections than its database is to have: so
 * many environments with one each. With a proxy they share, so any number may.
 *
 * @throws {OptionError} naming the functions
 */
export function checkFeatureStore(
  { functions, featureStore }: Blueprint,
  { databaseProxy }: StageSpec,
): void {
  if (featureStore === undefined || databaseProxy === true) return;
  const { maxConnections } = featureStore;
  const asking = functions.filter(({ links = [] }) =>
    links.some(({ kind }) => kind === 'feature-store'),
  );
  const environments = asking.reduce((sum, { concurrency }) => sum + concurrency, 0);
  const connections = environments * connectionsPerEnvironment;
  if (connections > maxConnections)
    throw new OptionError(
      `${asking.map(({ name }) => name).join(', ')}: ${environments} environments with ` +
        `${connectionsPerEnvironment} connection each are ${connections}, and the feature store's maxConnections is ` +
        `${maxConnections}; lower concurrency, or share connections by the stage's databaseProxy: true`,
    );
}
