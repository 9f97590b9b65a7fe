import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { region } from '@chorus/emulator-aws';
import type { FunctionSettings } from './functions.ts';
import type { LambdaOptions } from './lambda-options.ts';
import type { LocalFunction } from './local-function.ts';
import { createPool, type Pool } from './pool.ts';
import { createProcessBudget } from './process-budget.ts';
import { unanswered } from './worker.ts';
import type { WorkerLogs } from './worker-logs.ts';

/** The pools of all functions' versions, and their processes' budget. */
export interface Pools {
  open(
    spec: LocalFunction,
    version: string,
    settings: FunctionSettings,
    workerLogs: WorkerLogs,
  ): Pool;
  /** Lets a pool finish what it is doing or has been asked to do; new events go to another. */
  retire(pool: Pool): void;
  /** The pool that a worker belongs to. */
  ofWorker(workerId: string): Pool | undefined;
  /** Whether a worker is at an event of this trace. */
  isTraced(traceRoot: string): boolean;
  /** How many worker processes there are. */
  readonly processes: number;
  /** Stops every worker. */
  close(): Promise<void>;
}

/** Starts no process: one comes with the first event of its pool. */
export function createPools(
  options: Pick<
    LambdaOptions,
    'baseEnvironment' | 'directory' | 'host' | 'mostProcesses' | 'pools'
  >,
): Pools {
  const pools = new Set<Pool>();
  const processes = createProcessBudget(options.mostProcesses ?? Number.POSITIVE_INFINITY);

  /** One idle process stops that is not its function's only one. */
  function makeRoom(): void {
    pools.values().some((pool) => pool.stopSpare());
  }

  return {
    open(spec, version, settings, workerLogs) {
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
    },
    retire: (pool) => void pool.drain().then(() => pools.delete(pool)),
    ofWorker: (workerId) => pools.values().find((pool) => pool.worker(workerId) !== undefined),
    isTraced(traceRoot) {
      for (const pool of pools)
        for (const worker of pool.workers())
          if (worker.running?.traceRoot === traceRoot) return unanswered(worker) !== undefined;
      return false;
    },
    get processes() {
      return processes.running;
    },
    async close() {
      const drained = Promise.all([...pools].map((pool) => pool.drain()));
      for (const pool of pools) pool.kill();
      await drained;
    },
  };
}
