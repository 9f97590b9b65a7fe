import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, wallClock } from '@chorus/asl';
import { type Credentials, functionArn, region } from '@chorus/emulator-aws';
import { type Asynchronous, createAsynchronous } from './asynchronous/asynchronous.ts';
import {
  type CreateFunctionRequest,
  type FunctionImages,
  functionToCreate,
} from './create-function.ts';
import { notFound } from './errors.ts';
import type { EventQueues, EventSource } from './event-sources/event-source.ts';
import { createPollers, type Pollers } from './event-sources/pollers.ts';
import type { FunctionSettings, SettingsChange } from './functions.ts';
import type { InvocationFault } from './invocation-fault.ts';
import type { LocalFunction } from './local-function.ts';
import type { SavedFunction } from './parse-saved-functions.ts';
import { createPool, type Pool, type PoolOptions } from './pool.ts';
import { createProcessBudget } from './process-budget.ts';
import { parseReference } from './qualifier.ts';
import type { SavedFunctions } from './saved-functions.ts';
import {
  createServedFunction,
  type DescribedFunction,
  type ExecutedInvocation,
  type ServedFunction,
} from './served-function.ts';
import { unanswered } from './worker.ts';
import { createWorkerLogs, type WorkerLogs } from './worker-logs.ts';

export interface LambdaOptions {
  /** The keys that every request to the Lambda API must be signed with. */
  readonly credentials: Credentials;
  readonly functions: readonly LocalFunction[];
  /** The images that functions may be created from while it runs. @default none */
  readonly images?: FunctionImages;
  /** Host and port of the local cloud as workers see it: `127.0.0.1:8787`. */
  readonly host: string;
  /** Folder for the functions' temporary files and logs. */
  readonly directory: string;
  /** Variables every function gets beside its own: credentials, endpoint. */
  readonly baseEnvironment: Readonly<Record<string, string>>;
  /** The state that outlives a restart. */
  readonly state: SavedFunctions;
  /** Most worker processes at once, though every function that is asked has one. @default no limit */
  readonly mostProcesses?: number;
  /** How pools behave, where it is not as usual. */
  readonly pools?: Partial<
    Omit<
      PoolOptions,
      'command' | 'runtimeApi' | 'concurrency' | 'timeoutMs' | 'processes' | 'makeRoom'
    >
  >;
  /** Which version of a weighted alias an invocation goes to: at least 0, below 1. @default Math.random */
  chance?(): number;
  /** The queues that events come from, and that get those that have failed for good. @default none */
  readonly queues?: EventQueues;
  /** The queues whose messages functions get. @default none */
  readonly eventSources?: readonly EventSource[];
  /** When events that were not waited for are tried again. @default the time of day */
  readonly clock?: Clock;
  /** Called with a line about an event or a message that does not reach its function. @default nothing is said */
  report?(line: string): void;
  /** What goes wrong on purpose with the next event of a function, by its name. @default nothing */
  faultOf?(functionName: string): InvocationFault | undefined;
  /** Resolves after so many milliseconds: how long `$LATEST` says `InProgress` after a change. */
  sleep?(milliseconds: number): Promise<unknown>;
}

interface Invoke {
  /** Name, partial ARN or ARN; `:qualifier` may follow. */
  readonly functionName: string;
  /** A version or an alias. @default $LATEST */
  readonly qualifier?: string | undefined;
  readonly payload: Uint8Array;
  readonly requestId?: string;
  /** Whether the answer comes with what the worker wrote meanwhile. */
  readonly withLog?: boolean;
}

/** The Lambda service: its functions, and the Runtime API. All names may be ARNs. */
export interface LambdaService {
  /** @throws {LambdaError} ResourceNotFoundException, TooManyRequestsException */
  invoke(invoke: Invoke): Promise<ExecutedInvocation>;
  /** @throws {LambdaError} ResourceNotFoundException */
  find(nameOrArn: string): ServedFunction;
  /**
   * Takes an event whose answer is not waited for: it is on disk when this returns, and tried again if it fails.
   *
   * @throws {LambdaError} ResourceNotFoundException
   */
  invokeLater(invoke: Omit<Invoke, 'withLog'>): void;
  /** `$LATEST`, a version, or an alias's main version. @throws {LambdaError} ResourceNotFoundException */
  describe(nameOrArn: string, qualifier?: string): DescribedFunction;
  list(): readonly ServedFunction[];
  /**
   * Creates a function that can be invoked at once. It outlives a restart if it is one of the functions that the service
   * is then started with.
   *
   * @throws {LambdaError} ResourceConflictException, InvalidParameterValueException, ValidationException
   */
  create(request: CreateFunctionRequest): Promise<ServedFunction>;
  /** Deletes a function with its versions and aliases. @throws {LambdaError} ResourceNotFoundException */
  remove(nameOrArn: string): Promise<void>;
  /** Begins to keep environments initialised, of functions that want it: from now on their processes reach the service. */
  keepEnvironments(): void;
  /** How many of the function's processes are working on an event. */
  busy(nameOrArn: string): number;
  /** Changes `$LATEST` and waits until that is through. */
  configure(nameOrArn: string, change: SettingsChange): Promise<void>;
  /** How many worker processes there are. */
  readonly processes: number;
  /** Whether an `X-Amzn-Trace-Id` header is of a call that a function makes for an event it has. */
  isNested(traceHeader: string | undefined): boolean;
}

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
  const pools = new Set<Pool>();
  const logs = new Map<string, WorkerLogs>();
  const processes = createProcessBudget(options.mostProcesses ?? Number.POSITIVE_INFINITY);
  mkdirSync(join(options.directory, 'logs'), { recursive: true });

  /** One idle process stops that is not its function's only one. */
  function makeRoom(): void {
    pools.values().some((pool) => pool.stopSpare());
  }

  function openPool(
    spec: LocalFunction,
    version: string,
    settings: FunctionSettings,
    workerLogs: WorkerLogs,
  ): Pool {
    const temporary = join(options.directory, 'tmp', spec.name);
    mkdirSync(temporary, { recursive: true });
    const pool = createPool({
      command: {
        functionName: spec.name,
        memoryMb: settings.memoryMb,
        program: (workerId, runtimeApi, isKept) =>
          spec.program({
            workerId,
            functionName: spec.name,
            memoryMb: settings.memoryMb,
            temporary,
            environment: {
              ...options.baseEnvironment,
              ...spec.addresses,
              ...settings.environment,
              AWS_REGION: region,
              AWS_LAMBDA_FUNCTION_NAME: spec.name,
              AWS_LAMBDA_FUNCTION_VERSION: version,
              AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
              AWS_LAMBDA_RUNTIME_API: runtimeApi,
              ...(isKept && { AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency' }),
            },
          }),
        openLog: () => workerLogs.open(),
      },
      runtimeApi: `${options.host}/worker`,
      concurrency: spec.concurrency,
      timeoutMs: settings.timeoutSeconds * 1000,
      processes,
      makeRoom,
      ...options.pools,
    });
    pools.add(pool);
    return pool;
  }

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
      openPool: (version, settings) => openPool(spec, version, settings, workerLogs),
      // What the old processes are doing or have been asked to do, they finish; new events go to new ones.
      retirePool: (pool) => void pool.drain().then(() => pools.delete(pool)),
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

  const poolOf = (workerId: string): Pool | undefined =>
    pools.values().find((pool) => pool.worker(workerId) !== undefined);

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
      return processes.running;
    },
    isNested(traceHeader) {
      const root = /Root=([\w-]+)/.exec(traceHeader ?? '')?.[1];
      if (root === undefined) return false;
      for (const pool of pools)
        for (const worker of pool.workers())
          if (worker.running?.traceRoot === root) return unanswered(worker) !== undefined;
      return false;
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
    poolOf,
    pollers,
    resume() {
      asynchronous.resume();
      pollers.start();
    },
    drain,
    async close() {
      const stopped = drain();
      const drained = Promise.all([...pools].map((pool) => pool.drain()));
      for (const pool of pools) pool.kill();
      await drained;
      await stopped;
      asynchronous.close();
      for (const log of logs.values()) log.close();
    },
  };
}
