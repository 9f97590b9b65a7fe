import {
  type Blueprint,
  type FunctionSpec,
  imageName,
  liveAlias,
  type Needs,
  needsOfFunction,
  onnxModelSource,
  physicalName,
  queueName,
  type Value,
} from '@chorus/blueprint';
import { queueUrl, stateMachineArn, topicArn } from '@chorus/emulator-aws';
import { jobDefinitionArn, jobQueueArn } from '@chorus/emulator-batch';
import type { AsynchronousSettings, FunctionImages, LocalFunction } from '@chorus/emulator-lambda';
import { type Capacity, capacityOf } from './capacity.ts';
import type { FeatureStore } from './feature-store.ts';
import type { FunctionHost } from './hosts/host.ts';

type Environment = Readonly<Record<string, string>>;

/**
 * Returns the value of a function's variable here; undefined for a value that only this start knows, or does not
 * have.
 */
function configured(value: Value): string | undefined {
  switch (value.kind) {
    case 'bucket':
      return physicalName(value.bucket);
    case 'table':
      return physicalName(value.table);
    case 'topic':
      return topicArn(physicalName(value.topic));
    case 'bus':
      return physicalName(value.bus);
    case 'log':
      return `/aws/lambda/${physicalName(value.function)}`;
    case 'function':
      return `${physicalName(value.name)}:${liveAlias}`;
    case 'workflow':
      return stateMachineArn(physicalName(value.name));
    case 'job':
      return jobDefinitionArn(physicalName(value.job));
    case 'training-job':
      return physicalName(value.job);
    case 'job-queue':
      return jobQueueArn(physicalName(value.queue));
    case 'names':
      return JSON.stringify(
        Object.fromEntries(Object.entries(value.of).map(([name, of]) => [name, configured(of)])),
      );
    // A version becomes live when the models are published, by a change of the configuration.
    case 'weights':
    case 'feature-store':
    case 'queue':
      return undefined;
  }
}

/** The servers of this start. */
interface Servers {
  /** Where functions, or state machines, reach the local cloud: `http://127.0.0.1:8787`. */
  readonly origin: string;
  readonly store?: FeatureStore | undefined;
}

/** Returns the address of a server of this start; undefined for any other value. */
function addressOf(value: Value, { origin, store }: Servers): string | undefined {
  if (value.kind === 'queue') return queueUrl(origin, queueName(value.queue));
  if (value.kind !== 'feature-store') return undefined;
  return value.part === 'database' ? store?.forFunctions.databaseUrl : store?.forFunctions.cacheUrl;
}

/** The variables that have a value. */
function written(
  variables: Readonly<Record<string, Value>>,
  write: (value: Value) => string | undefined,
): Environment {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => {
      const text = write(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** Returns what stands in a workflow's definition for its links: names of tables and buckets, URLs of queues, ARNs of topics. */
export const namesForDefinition = (
  { variables }: Pick<Needs, 'variables'>,
  origin: string,
): Environment => written(variables, (value) => configured(value) ?? addressOf(value, { origin }));

/** Returns what becomes of a function's asynchronous events. */
function asynchronousOf(
  { asynchronous: { retries, maxAgeSeconds, onFailure } = {} }: FunctionSpec,
  { queues = [] }: Pick<Blueprint, 'queues'>,
): AsynchronousSettings {
  const queue = queues.find(({ name }) => name === onFailure?.queue);
  return { retries, maxAgeSeconds, onFailure: queue && queueName(queue) };
}

function processesOf({ kind }: Pick<FunctionSpec, 'kind'>, capacity: Capacity): number {
  return kind === 'model' ? capacity.processesPerModel : capacity.processesPerTask;
}

/** Environments that are kept for a function: those that Lambda provisions, or the one that stays because it is asked all the time. */
function keptOf({
  provisionedConcurrency,
  keepWarmMinutes,
}: FunctionSpec): Pick<LocalFunction, 'kept'> {
  const environments = provisionedConcurrency ?? (keepWarmMinutes === undefined ? 0 : 1);
  return environments === 0 ? {} : { kept: { alias: liveAlias, environments } };
}

/**
 * The blueprint's functions, run where the host runs them. Lambda has a processor for each environment; here more processes than fit would
 * share the same few, and the memory.
 *
 * @throws {BlueprintError} if a function's links contradict each other or the blueprint
 */
export function localFunctions(
  blueprint: Blueprint,
  host: FunctionHost,
  servers: Servers,
  capacity: Capacity = capacityOf(),
): readonly LocalFunction[] {
  return blueprint.functions.map((spec) => {
    const { variables } = needsOfFunction(spec, blueprint);
    return {
      name: physicalName(spec.name),
      image: imageName(spec.source),
      program: (start) => host.program(spec.source, start),
      memoryMb: spec.memoryMb,
      timeoutSeconds: spec.timeoutSeconds,
      ...keptOf(spec),
      concurrency: Math.min(spec.concurrency, processesOf(spec, capacity)),
      environment: written(variables, configured),
      asynchronous: asynchronousOf(spec, blueprint),
      addresses: written(variables, (value) => addressOf(value, servers)),
    };
  });
}

/**
 * The images that functions may be created from while the local cloud runs: those of the blueprint's functions, and that of
 * models without a package of their own.
 */
export function localImages(
  { functions }: Pick<Blueprint, 'functions'>,
  host: FunctionHost,
  capacity: Capacity = capacityOf(),
): FunctionImages {
  const sources = [...functions, { source: onnxModelSource, kind: 'model' } as const];
  return Object.fromEntries(
    sources.map(({ source, kind }) => [
      imageName(source),
      {
        program: (start) => host.program(source, start),
        concurrency: processesOf({ kind }, capacity),
      },
    ]),
  );
}
