import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { functionArn, region } from '../account.ts';
import { notFound } from './errors.ts';
import { changeSettings, type FunctionSettings, type SettingsChange } from './functions.ts';
import { createPool, type Pool } from './pool.ts';
import { handleRuntimeApi } from './runtime-api.ts';
import type { InvocationResult, WorkerProgram } from './worker.ts';

/** A function as the local cloud starts it. */
export interface LocalFunction {
  /** Physical name: `chorus-random-forest`. */
  readonly name: string;
  /** The program that becomes its worker with this id. */
  program(workerId: string, memoryMb: number): WorkerProgram;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  /** Variables of the function's configuration. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface LambdaOptions {
  readonly functions: readonly LocalFunction[];
  /** Host and port of the local cloud: `127.0.0.1:8787`. */
  readonly host: string;
  /** Folder for the functions' temporary files and logs. */
  readonly directory: string;
  /** Variables every worker gets beside its function's own: PATH, credentials, endpoint. */
  readonly baseEnvironment: Readonly<Record<string, string>>;
  /** Called after a function's configuration changed. */
  onConfigured?(name: string, settings: FunctionSettings): Promise<void>;
}

interface Invoke {
  readonly functionName: string;
  readonly payload: Uint8Array;
  readonly requestId?: string;
}

/** The Lambda service: its functions, and the door of the Runtime API. */
export interface LambdaService {
  invoke(invoke: Invoke): Promise<InvocationResult>;
  /** @throws {LambdaError} ResourceNotFoundException */
  describe(nameOrArn: string): {
    readonly spec: LocalFunction;
    readonly settings: FunctionSettings;
    readonly arn: string;
  };
  list(): readonly string[];
  /** How many of the function's processes are working on an event. */
  busy(nameOrArn: string): number;
  configure(nameOrArn: string, change: SettingsChange): Promise<void>;
  handleRuntimeApi(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Stops every worker. */
  close(): Promise<void>;
}

interface Served {
  readonly spec: LocalFunction;
  readonly arn: string;
  settings: FunctionSettings;
  pool: Pool;
}

/**
 * Splits a function's name, partial or whole ARN into its name.
 *
 * @throws {LambdaError} ResourceNotFoundException for a qualifier, since the local functions have only `$LATEST`
 */
function nameOf(nameOrArn: string): string {
  const match =
    /^(?:arn:aws[\w-]*:lambda:[\w-]+:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::([\w$-]+))?$/.exec(
      nameOrArn,
    );
  if (match?.[1] === undefined) throw notFound(`Function not found: ${nameOrArn}`);
  if (match[2] !== undefined && match[2] !== '$LATEST')
    throw notFound(`Function not found: ${nameOrArn} (only $LATEST is there)`);
  return match[1];
}

/** Starts nothing yet: a function's first process comes with its first event, as on Lambda. */
export function createLambda(options: LambdaOptions): LambdaService {
  const functions = new Map<string, Served>();
  const pools = new Set<Pool>();
  const logs: number[] = [];
  mkdirSync(join(options.directory, 'logs'), { recursive: true });

  function openPool(spec: LocalFunction, settings: FunctionSettings, log: number): Pool {
    const temporary = join(options.directory, 'tmp', spec.name);
    mkdirSync(temporary, { recursive: true });
    const pool = createPool({
      command: {
        functionName: spec.name,
        program: (id) => spec.program(id, settings.memoryMb),
        environment: {
          ...options.baseEnvironment,
          TMPDIR: temporary,
          AWS_REGION: region,
          AWS_LAMBDA_FUNCTION_NAME: spec.name,
          AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
          ...settings.environment,
        },
        log,
      },
      runtimeApi: `${options.host}/worker`,
      concurrency: spec.concurrency,
      timeoutMs: settings.timeoutSeconds * 1000,
    });
    pools.add(pool);
    return pool;
  }

  const logOf = new Map<string, number>();
  for (const spec of options.functions) {
    const log = openSync(join(options.directory, 'logs', `${spec.name}.log`), 'a');
    logs.push(log);
    logOf.set(spec.name, log);
    const settings: FunctionSettings = {
      environment: spec.environment,
      memoryMb: spec.memoryMb,
      timeoutSeconds: spec.timeoutSeconds,
      description: '',
      revisionId: randomUUID(),
      lastModified: new Date().toISOString().replace('Z', '+0000'),
    };
    functions.set(spec.name, {
      spec,
      settings,
      arn: functionArn(spec.name),
      pool: openPool(spec, settings, log),
    });
  }

  function find(nameOrArn: string): Served {
    const served = functions.get(nameOf(nameOrArn));
    if (served === undefined) throw notFound(`Function not found: ${nameOrArn}`);
    return served;
  }

  const poolOf = (workerId: string): Pool | undefined =>
    pools.values().find((pool) => pool.worker(workerId) !== undefined);

  return {
    async invoke({ functionName, payload, requestId = randomUUID() }) {
      const { pool, arn } = find(functionName);
      return pool.invoke({ requestId, functionArn: arn, payload });
    },
    describe: find,
    list: () => [...functions.keys()],
    busy: (nameOrArn) => find(nameOrArn).pool.busy,
    async configure(nameOrArn, change) {
      const served = find(nameOrArn);
      served.settings = changeSettings(served.settings, change);
      const old = served.pool;
      served.pool = openPool(served.spec, served.settings, logOf.get(served.spec.name) ?? 1);
      // What the old processes are doing or have been asked to do, they finish; new events go to new ones.
      void old.drain().then(() => pools.delete(old));
      await options.onConfigured?.(served.spec.name, served.settings);
    },
    handleRuntimeApi: (request, response) => handleRuntimeApi(request, response, poolOf),
    async close() {
      const drained = Promise.all([...pools].map((pool) => pool.drain()));
      for (const pool of pools) pool.kill();
      await drained;
      for (const log of logs) closeSync(log);
    },
  };
}
