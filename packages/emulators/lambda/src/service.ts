import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wallClock } from '@chorus/asl';
import { functionArn } from '@chorus/emulator-aws';
import { type Asynchronous, createAsynchronous } from './asynchronous/asynchronous.ts';
import { type CreateFunctionRequest, functionToCreate } from './create-function.ts';
import { notFound } from './errors.ts';
import { createPollers, type Pollers } from './event-sources/pollers.ts';
import type { LambdaOptions } from './lambda-options.ts';
import type { LambdaService } from './lambda-service.ts';
import type { LocalFunction } from './local-function.ts';
import type { SavedFunction } from './parse-saved-functions.ts';
import type { Pool } from './pool.ts';
import { createPools } from './pools.ts';
import { parseReference } from './qualifier.ts';
import { createServedFunction, type ServedFunction } from './served-function.ts';
import { createWorkerLogs, type WorkerLogs } from './worker-logs.ts';

/** The service, and what only its emulator needs. */
interface RunningLambda {
  readonly service: LambdaService;
  /** The pool that a worker belongs to. */
  poolOf(workerId: string): Pool | undefined;
  readonly pollers: Pollers;
  /** Begins with the messages of queues, and with events that wait for their next attempt. */
  resume(): void;
  /** Begins with no message nor event any more that is not waited for, and resolves when those at work are answered. */
  drain(): Promise<void>;
  /** Stops every worker. */
  close(): Promise<void>;
}

/** Starts nothing yet: a function's first process comes with its first event, as on Lambda. */
export function startService(options: Omit<LambdaOptions, 'credentials'>): RunningLambda {
  const functions = new Map<string, ServedFunction>();
  const pools = createPools(options);
  const logs = new Map<string, WorkerLogs>();
  mkdirSync(join(options.directory, 'logs'), { recursive: true });

  function serve(spec: LocalFunction, saved: SavedFunction | undefined): void {
    const workerLogs =
      logs.get(spec.name) ?? createWorkerLogs(join(options.directory, 'logs'), spec.name);
    logs.set(spec.name, workerLogs);
    const image = saved?.image;
    const served = createServedFunction(spec, functionArn(spec.name), {
      saved,
      save: (state) =>
        options.state.save(spec.name, { ...state, ...(image !== undefined && { image }) }),
      forget: () => options.state.remove(spec.name),
      openPool: (version, settings) => pools.open(spec, version, settings, workerLogs),
      retirePool: pools.retire,
      chance: options.chance ?? Math.random,
      fault: () => options.faultOf?.(spec.name),
      sleep: options.sleep ?? sleep,
    });
    functions.set(spec.name, served);
  }

  for (const spec of options.functions) serve(spec, options.state.saved[spec.name]);

  /** Names of functions that are being saved for the first time. */
  const creating = new Set<string>();

  async function create(request: CreateFunctionRequest): Promise<ServedFunction> {
    const isThere = (name: string) => functions.has(name) || creating.has(name);
    const { image, ...spec } = functionToCreate(request, options.images ?? {}, isThere);
    const { name, environment } = spec;
    const saved = { environment, versions: [], aliases: [], image };
    creating.add(name);
    try {
      await options.state.save(name, saved);
      serve({ ...spec, image }, saved);
      return find(name);
    } finally {
      creating.delete(name);
    }
  }

  function find(nameOrArn: string): ServedFunction {
    const served = functions.get(parseReference(nameOrArn).name);
    if (served === undefined) throw notFound(`Function not found: ${functionArn(nameOrArn)}`);
    return served;
  }

  const service: LambdaService = {
    async invoke({ functionName, qualifier, ...call }) {
      const reference = parseReference(functionName, qualifier);
      return find(functionName).invoke(reference.qualifier, { requestId: randomUUID(), ...call });
    },
    find,
    invokeLater({ functionName, qualifier, requestId = randomUUID(), payload }) {
      const reference = parseReference(functionName, qualifier);
      find(functionName).describe(reference.qualifier);
      asynchronous.accept({
        requestId,
        payload,
        functionName: reference.name,
        qualifier: reference.qualifier,
      });
    },
    describe: (nameOrArn, qualifier) =>
      find(nameOrArn).describe(parseReference(nameOrArn, qualifier).qualifier),
    list: () => [...functions.values()],
    create,
    async remove(nameOrArn) {
      const served = find(nameOrArn);
      await served.remove();
      functions.delete(served.spec.name);
    },
    keepEnvironments() {
      for (const served of functions.values()) served.keepEnvironments();
    },
    busy: (nameOrArn) => find(nameOrArn).busy,
    async configure(nameOrArn, change) {
      const { done } = await find(nameOrArn).update(change);
      await done;
    },
    get processes() {
      return pools.processes;
    },
    isNested(traceHeader) {
      const root = /Root=([\w-]+)/.exec(traceHeader ?? '')?.[1];
      return root !== undefined && pools.isTraced(root);
    },
  };
  const { directory, clock = wallClock, report = () => {}, queues } = options;
  const asynchronous: Asynchronous = createAsynchronous({
    directory,
    clock,
    report,
    invoke: service.invoke,
    settingsOf: (name) => functions.get(name)?.spec.asynchronous ?? {},
    send(queue, body) {
      if (queues === undefined) throw new Error(`there is no queue ${queue}`);
      queues.send(queue, { body });
    },
  });
  const pollers = createPollers({
    sources: options.eventSources ?? [],
    queues,
    clock,
    report,
    lambda: { invoke: service.invoke, concurrencyOf: (name) => find(name).spec.concurrency },
  });

  const drain = async (): Promise<void> => {
    await Promise.all([asynchronous.stop(), pollers.stop()]);
  };

  return {
    service,
    poolOf: pools.ofWorker,
    pollers,
    resume() {
      asynchronous.resume();
      pollers.start();
    },
    drain,
    async close() {
      const stopped = drain();
      await pools.close();
      await stopped;
      asynchronous.close();
      for (const log of logs.values()) log.close();
    },
  };
}
