import { BlueprintError } from '../errors.ts';
import { isExpress } from '../serve-workflows.ts';
import type { Blueprint, FunctionSpec } from '../types.ts';
import { type Link, needsOfLink } from './link.ts';
import { isSame, mergeStatements } from './merge-statements.ts';
import type { Named, Needs, Value } from './needs.ts';
import { needsOfQueue, queue } from './queue.ts';
import { needsOfWeights } from './weights.ts';

/** Returns the names that links may refer to. */
export function namesIn({
  functions,
  workflows,
  machines = [],
  buckets,
  tables = [],
  queues = [],
  topics = [],
  buses = [],
  jobs = [],
  featureStore,
}: Described): Named {
  const nameOf = ({ name }: { readonly name: string }) => name;
  return {
    functions: functions.map(nameOf),
    models: functions.filter(({ kind }) => kind === 'model').map(nameOf),
    workflows: workflows.filter(isExpress).map(nameOf),
    machines: [...workflows, ...machines].map((each) => ({
      name: each.name,
      answers: isExpress(each),
    })),
    buckets: buckets.map(nameOf),
    tables: tables.map(({ name, indexes = [] }) => ({ name, indexes: indexes.map(nameOf) })),
    queues: queues.map(({ name, fifo = false }) => ({ name, fifo })),
    topics: topics.map(nameOf),
    buses: buses.map(nameOf),
    jobs,
    hasFeatureStore: featureStore !== undefined,
  };
}

/** Returns the needs that a function has by its kind. */
function needsOfKind({ kind, name }: FunctionSpec): readonly Needs[] {
  switch (kind) {
    case 'model':
      return [needsOfWeights(name)];
    case 'task':
    case 'http':
      return [];
  }
}

/** The names of variables that Lambda takes. */
const variableName = /^[A-Za-z][A-Za-z0-9_]+$/;

/** All variables. @throws {BlueprintError} if one would have two values, or a name that Lambda refuses */
export function variablesOf(all: readonly Needs[]): Readonly<Record<string, Value>> {
  const variables = new Map<string, Value>();
  for (const [name, value] of all.flatMap((needs) => Object.entries(needs.variables))) {
    if (!variableName.test(name))
      throw new BlueprintError(
        `${name} is no name of an environment variable; rename what it is made from`,
      );
    const other = variables.get(name) ?? value;
    if (!isSame(value, other))
      throw new BlueprintError(
        `${name} would have two values, ${JSON.stringify(other)} and ${JSON.stringify(value)}; rename one`,
      );
    variables.set(name, value);
  }
  return Object.fromEntries(variables);
}

/** The parts of a blueprint that links refer to. */
export type Described = Pick<
  Blueprint,
  | 'functions'
  | 'workflows'
  | 'machines'
  | 'buckets'
  | 'tables'
  | 'queues'
  | 'topics'
  | 'buses'
  | 'featureStore'
  | 'jobs'
>;

/** What Lambda does with a function's rights: it takes messages for it, and sends what failed for good to a queue. */
function needsOfMessages({ name, asynchronous }: FunctionSpec, blueprint: Described): Needs {
  const { queues = [] } = blueprint;
  const named = namesIn(blueprint);
  const consumed = queues.filter(({ consumer }) => consumer?.function === name);
  const given = [
    ...consumed.map((each) => queue(each.name, { access: 'receive' })),
    ...(asynchronous?.onFailure === undefined
      ? []
      : [queue(asynchronous.onFailure.queue, { access: 'send' })]),
  ];
  return {
    variables: {},
    statements: given.flatMap((each) => needsOfQueue(each, named).statements),
  };
}

/** What a function may use for the messages that it gets. */
const linksOfConsumer = ({ name }: FunctionSpec, { queues = [] }: Described): readonly Link[] =>
  queues.flatMap(({ consumer }) => (consumer?.function === name ? (consumer.links ?? []) : []));

function combined(spec: FunctionSpec, blueprint: Described): Needs {
  const named = namesIn(blueprint);
  const links = [...(spec.links ?? []), ...linksOfConsumer(spec, blueprint)];
  const all = [...needsOfKind(spec), ...links.map((each) => needsOfLink(each, named))];
  const isolated = all.some((needs) => needs.isolated === true);
  if (isolated && !all.every((needs) => needs.isolated === true))
    throw new BlueprintError(
      "the feature store's network has no way to buckets, tables, queues or other functions; give them to a function outside of it",
    );
  // Lambda itself has a way to the queues, whatever network the function is in.
  const messages = needsOfMessages(spec, blueprint);
  const statements = mergeStatements([...all, messages].flatMap((needs) => needs.statements));
  return { variables: variablesOf(all), statements, isolated };
}

/**
 * Returns the needs of a function's kind and links: the variables and rights that every home gives it.
 *
 * @throws {BlueprintError} naming the function, if its links contradict each other or the blueprint
 */
export function needsOfFunction(spec: FunctionSpec, blueprint: Described): Needs {
  try {
    return combined(spec, blueprint);
  } catch (cause) {
    if (!(cause instanceof BlueprintError)) throw cause;
    throw new BlueprintError(`${spec.name}: ${cause.message}`, { cause });
  }
}
