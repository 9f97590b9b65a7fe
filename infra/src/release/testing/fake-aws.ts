import { setImmediate } from 'node:timers/promises';
import type { LockRecord } from '@chorus/promotion';
import type { Manifest } from '@chorus/registry';
import { InfraError, InvocationError } from '../../errors.ts';
import type { AwsTools, FunctionTools, TrafficTools } from '../aws-tools.ts';
import { emptyCloud, type FakeCloud } from './fake-cloud.ts';
import { fakeStacks, type Operation } from './fake-stacks.ts';
import { concurrency } from './small-service.ts';

/** A failure to come. */
export interface Injected {
  /** The operation, as `calls` names it. */
  readonly at: RegExp;
  /** Before it has an effect, or when it has had it: an answer that got lost. @default 'before' */
  readonly when?: 'before' | 'after';
  /** What is thrown. @default an InfraError */
  readonly error?: () => Error;
  /** How many times of the operation go well first. @default 0 */
  readonly skip?: number;
  /** Fails each time from then on. @default once */
  readonly always?: boolean;
}

/** AWS in memory. */
export interface FakeAws {
  readonly cloud: FakeCloud;
  readonly tools: AwsTools;
  /** The failure that comes next; undefined for none. */
  inject(failure: Injected | undefined): void;
  /** The migrations that the feature store's function applies. */
  migrations: readonly string[];
  account: string;
  limit: number;
  bootstrap: number | undefined;
  zones: readonly string[];
  /** Functions and machines that fail when they are asked, by a part of `name:qualifier`. */
  broken: RegExp | undefined;
  /** Locks that others hold, by model. */
  held: Readonly<Record<string, LockRecord>>;
  /** The API's status. */
  apiStatus: number;
}

/** A model's digest, of the length that one has. */
const sha256 = (name: string, version: string) =>
  Buffer.from(`${name} ${version}`).toString('hex').padEnd(64, '0').slice(0, 64);

function fakeFunctions(aws: FakeAws, operation: Operation): FunctionTools {
  const { cloud } = aws;
  return {
    alias: async (name, alias) => {
      await setImmediate();
      return structuredClone(cloud.functions.get(name)?.aliases[alias]);
    },
    model: async (name, version) => cloud.functions.get(name)?.versions[Number(version) - 1]?.model,
    moveAlias: (name, alias, version) =>
      operation(`move ${name}:${alias}`, () => {
        const found = cloud.functions.get(name);
        if (found === undefined) throw new InfraError(`there is no function ${name}`);
        found.aliases[alias] = { version, canaries: [] };
      }),
    reserved: async (name) => cloud.functions.get(name)?.reserved ?? 0,
    async keptReady(name) {
      const found = cloud.functions.get(name);
      const kept = structuredClone(found?.ready ?? []);
      // Made by the time of the next look.
      if (found !== undefined)
        found.ready = found.ready.map((each) => ({ ...each, status: 'READY' }));
      return kept;
    },
    keepReady: (name, version, environments) =>
      operation(`keep ready ${name}`, () => {
        const found = cloud.functions.get(name);
        if (found === undefined) throw new InfraError(`there is no function ${name}`);
        const others = found.ready.filter((each) => each.version !== version);
        const sum = others.reduce((total, each) => total + each.environments, environments);
        if (sum > concurrency)
          throw new InfraError(`${sum} provisioned environments are more than ${concurrency}`);
        found.ready = [...others, { version, environments, status: 'IN_PROGRESS' }];
      }),
    endReady: (name, version) =>
      operation(`end ready ${name}`, () => {
        const found = cloud.functions.get(name);
        if (found !== undefined)
          found.ready = found.ready.filter((each) => each.version !== version);
      }),
    invoke: (name, qualifier, event) => {
      const { chorus } = Object(event) as { readonly chorus?: string };
      return operation(`invoke ${name}:${qualifier} ${chorus}`, (): unknown => {
        if (!cloud.functions.has(name)) throw new InfraError(`there is no function ${name}`);
        if (aws.broken?.test(`${name}:${qualifier}`))
          throw new InvocationError(`${name} failed: ModelLoadError`, 'ModelLoadError');
        if (chorus !== 'migrate') return { ready: true };
        const { database } = cloud;
        if (!database.user) throw new InvocationError('password authentication failed', 'error');
        const applied = aws.migrations.filter((each) => !database.applied.includes(each));
        database.applied.push(...applied);
        return { applied, seeded: false };
      });
    },
  };
}

function fakeTraffic(aws: FakeAws, operation: Operation): TrafficTools {
  const { cloud } = aws;
  const aliasOf = (name: string) => cloud.functions.get(name)?.aliases['live'];
  return {
    start: (_, { functionName, from, to }) =>
      operation(`shift ${functionName}`, () => {
        if (!cloud.groups.has(functionName)) return undefined;
        const id = `d-${cloud.shifts.length + 1}`;
        const alias = aliasOf(functionName);
        if (alias !== undefined) alias.canaries = [to];
        cloud.shifts.push({ id, functionName, from, to, status: 'InProgress' });
        return id;
      }),
    async state(id) {
      const shift = cloud.shifts.find((each) => each.id === id);
      if (shift === undefined) throw new InfraError(`there is no deployment ${id}`);
      try {
        await operation(`follow ${shift.functionName}`, () => {
          const alias = aliasOf(shift.functionName);
          if (shift.status !== 'InProgress' || alias === undefined) return;
          Object.assign(alias, { version: shift.to, canaries: [] });
          shift.status = 'Succeeded';
        });
      } catch (error) {
        if ((error as Error).name !== 'AlarmError') throw error;
        // CodeDeploy has taken it back.
        Object.assign(aliasOf(shift.functionName) ?? {}, { version: shift.from, canaries: [] });
        shift.status = 'Failed';
        return { status: 'Failed', problem: (error as Error).message };
      }
      return { status: shift.status };
    },
    stop: (id) =>
      operation(`stop ${id}`, () => {
        const shift = cloud.shifts.find((each) => each.id === id);
        if (shift?.status !== 'InProgress') return;
        shift.status = 'Stopped';
        Object.assign(aliasOf(shift.functionName) ?? {}, { version: shift.from, canaries: [] });
      }),
    running: async () =>
      cloud.shifts
        .filter(({ status }) => status === 'InProgress')
        .map(({ id, functionName }) => ({ id, functionName })),
  };
}

/** Makes an AWS that remembers, with nothing in it, in which operations fail when they are told to. */
export function fakeAws(): FakeAws {
  const cloud = emptyCloud();
  let injected: Injected | undefined;
  let seen = 0;
  const operation: Operation = async (name, work) => {
    await setImmediate();
    const { at, when = 'before', skip = 0, always = false, error } = injected ?? {};
    const fails = at?.test(name) === true && seen++ >= skip;
    const thrown = error ?? (() => new InfraError(`injected at ${name}`));
    cloud.calls.push(name);
    if (fails && !always) injected = undefined;
    if (fails && when === 'before') throw thrown();
    const result = work();
    if (fails) throw thrown();
    return result;
  };
  const aws: FakeAws = {
    cloud,
    inject(failure) {
      injected = failure;
      seen = 0;
    },
    migrations: ['0001-features'],
    account: '111122223333',
    limit: 1000,
    bootstrap: 30,
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    broken: undefined,
    held: {},
    apiStatus: 200,
    tools: undefined as unknown as AwsTools,
  };
  const tools: AwsTools = {
    account: {
      identity: async () => ({ account: aws.account, partition: 'aws' }),
      concurrency: async () => {
        const held = [...cloud.functions.values()].reduce((sum, each) => sum + each.reserved, 0);
        return { limit: aws.limit, unreserved: aws.limit - held };
      },
      zones: async () => aws.zones,
      bootstrapVersion: (parameter) => operation(`bootstrap ${parameter}`, () => aws.bootstrap),
    },
    stacks: fakeStacks(cloud, operation),
    functions: fakeFunctions(aws, operation),
    traffic: fakeTraffic(aws, operation),
    database: {
      execute: (_, sql) =>
        operation('execute', () => {
          if (sql.startsWith('DO')) cloud.database.user = true;
          return sql.includes('schema_migrations') ? cloud.database.applied : [];
        }),
      remove: (cluster) => operation(`remove ${cluster}`, () => undefined),
    },
    buckets: {
      registry: () => ({
        listVersions: async (name) => cloud.registry.get(name) ?? [],
        async fetchManifest(name, version) {
          if (!cloud.registry.get(name)?.includes(version))
            throw new InfraError(`${name} has no version ${version}`);
          return { name, version, file: { sha256: sha256(name, version) } } as Manifest;
        },
        pushVersion: ({ name, version }) =>
          operation(`push ${name}`, () => {
            cloud.registry.set(name, [...(cloud.registry.get(name) ?? []), version]);
            return 'created';
          }),
      }),
      lock: async (_, model) => aws.held[model],
      async whileLocked(_, models, work) {
        await operation('lock', () => {
          for (const each of models) cloud.locks.add(each);
        });
        try {
          return await work(new AbortController().signal);
        } finally {
          cloud.locks.clear();
        }
      },
      uploadPages: (bucket) =>
        operation('pages', () => {
          // The page of the code that was deployed last.
          const [newest] = [...cloud.functions.values()].map(({ versions }) => versions.at(-1));
          cloud.pages.set(bucket, newest?.code ?? '');
        }),
      readPages: async (bucket) => {
        const page = cloud.pages.get(bucket);
        const about = { key: 'index.html', type: 'text/html', cacheControl: undefined };
        return page === undefined ? [] : [{ ...about, body: Buffer.from(page) }];
      },
      restorePages: (bucket, [page]) =>
        operation('restore pages', () => {
          if (page === undefined) cloud.pages.delete(bucket);
          else cloud.pages.set(bucket, Buffer.from(page.body).toString());
        }),
      empty: (bucket) => operation(`empty ${bucket}`, () => 3),
      remove: (bucket) => operation(`remove ${bucket}`, () => undefined),
    },
    runMachine: (name) =>
      operation(`run ${name}`, (): unknown => {
        if (aws.broken?.test(name)) return { statusCode: 503, body: { error: 'it is broken' } };
        return { statusCode: 200, body: { predictions: [1], failed: {} } };
      }),
    apiKey: async () => 'secret',
    fetch: (request) =>
      operation(`GET ${new URL(request.url).pathname}`, () =>
        request.url.endsWith('/uploads')
          ? Response.json({ url: 'data:,ok', headers: {} }, { status: aws.apiStatus })
          : Response.json({ ready: true, predictions: [1] }, { status: aws.apiStatus }),
      ),
    async pause(_, signal) {
      await setImmediate();
      signal?.throwIfAborted();
    },
  };
  return Object.assign(aws, { tools });
}
