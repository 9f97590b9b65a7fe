import {
  type Blueprint,
  bucketVariable,
  type FunctionSpec,
  liveAlias,
  physicalName,
} from '@chorus/blueprint';
import { stateMachineArn } from '@chorus/emulator-aws';
import type { LocalFunction } from '@chorus/emulator-lambda';
import { type Capacity, capacityOf } from './capacity.ts';
import type { FeatureStore } from './feature-store.ts';
import type { FunctionHost } from './hosts/host.ts';

type Environment = Readonly<Record<string, string>>;

/** What a function of its kind is told. */
function environmentOfKind({ kind }: FunctionSpec, blueprint: Blueprint): Environment {
  if (kind === 'model') return { MODEL_BUCKET: physicalName('models') };
  if (kind !== 'gateway') return {};
  const models = blueprint.functions.filter((each) => each.kind === 'model');
  const named = <Of extends { readonly name: string }>(
    all: readonly Of[],
    to: (name: string) => string,
  ) => JSON.stringify(Object.fromEntries(all.map(({ name }) => [name, to(physicalName(name))])));
  return {
    MODEL_FUNCTIONS: named(models, (name) => `${name}:${liveAlias}`),
    WORKFLOW_ARNS: named(blueprint.workflows, stateMachineArn),
  };
}

/** The environment variables of a function's configuration, as `infra` sets them on AWS too. */
function environmentOf(spec: FunctionSpec, blueprint: Blueprint): Environment {
  const buckets = Object.keys(spec.buckets ?? {}).map((name) => [
    bucketVariable(name),
    physicalName(name),
  ]);
  return { ...environmentOfKind(spec, blueprint), ...Object.fromEntries(buckets) };
}

/** Where the servers of this start are. */
function addressesOf({ featureStore }: FunctionSpec, store: FeatureStore | undefined): Environment {
  if (featureStore !== true || store === undefined) return {};
  const { databaseUrl, cacheUrl } = store.forFunctions;
  return { FEATURES_DATABASE_URL: databaseUrl, FEATURES_CACHE_URL: cacheUrl };
}

/**
 * The blueprint's functions, run where the host runs them. Lambda has a processor for each environment; here more processes than fit would
 * share the same few, and the memory.
 */
export function localFunctions(
  blueprint: Blueprint,
  host: FunctionHost,
  store?: FeatureStore,
  capacity: Capacity = capacityOf(),
): readonly LocalFunction[] {
  return blueprint.functions.map((spec) => ({
    name: physicalName(spec.name),
    program: (start) => host.program(spec, start),
    memoryMb: spec.memoryMb,
    timeoutSeconds: spec.timeoutSeconds,
    concurrency: Math.min(
      spec.concurrency,
      spec.kind === 'model' ? capacity.processesPerModel : capacity.processesPerTask,
    ),
    environment: environmentOf(spec, blueprint),
    addresses: addressesOf(spec, store),
  }));
}
