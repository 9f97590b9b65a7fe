import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { OptionError } from './errors.ts';
import type { StageOptions } from './options.ts';

/** Most connections of one environment; the pool of `packages/functions/features` has as many. */
export const connectionsPerEnvironment = 1;

/** What contradicts what in a function's buckets and network; each is a sentence. */
function problemsOf(spec: FunctionSpec, { buckets, featureStore }: Blueprint): readonly string[] {
  const unknown = Object.keys(spec.buckets ?? {}).filter(
    (name) => !buckets.some((bucket) => bucket.name === name),
  );
  const asks = spec.featureStore === true;
  const rules: readonly (readonly [boolean, string])[] = [
    [unknown.length > 0, `there is no bucket ${unknown.join(', ')}`],
    [asks && featureStore === undefined, 'asks the feature store, and there is none'],
    [
      asks && (spec.buckets !== undefined || ['model', 'gateway'].includes(spec.kind)),
      "the feature store's network has no way to buckets or other functions; give them to a function outside of it",
    ],
  ];
  return rules.flatMap(([isBroken, problem]) => (isBroken ? [`${spec.name}: ${problem}`] : []));
}

/**
 * Checks that functions have the buckets they name, and that those which ask the feature store cannot open more
 * connections than its database is to have: so many environments with one each. With a proxy they share, so any number may.
 *
 * @throws {OptionError} naming every function and problem
 */
export function checkFeatureStore(blueprint: Blueprint, { databaseProxy }: StageOptions): void {
  const { functions, featureStore } = blueprint;
  const problems = functions.flatMap((spec) => problemsOf(spec, blueprint));
  const asking = functions.filter((spec) => spec.featureStore === true);
  const environments = asking.reduce((sum, { concurrency }) => sum + concurrency, 0);
  const connections = environments * connectionsPerEnvironment;
  const { maxConnections = 0 } = featureStore ?? {};
  if (databaseProxy !== true && featureStore !== undefined && connections > maxConnections)
    problems.push(
      `${asking.map(({ name }) => name).join(', ')}: ${environments} environments with ` +
        `${connectionsPerEnvironment} connection each are ${connections}, and the feature store's maxConnections is ` +
        `${maxConnections}; lower concurrency, or share connections by -c databaseProxy=true`,
    );
  if (problems.length > 0) throw new OptionError(problems.join('; '));
}
