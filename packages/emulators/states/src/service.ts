import { randomUUID } from 'node:crypto';
import { type Clock, execute, type TaskRequest, wallClock } from '@chorus/asl';
import { type Credentials, executionArn, stateMachineArn } from '@chorus/emulator-aws';
import type { LambdaService } from '@chorus/emulator-lambda';
import { checkStateMachineArn, noStateMachine } from './check-arn.ts';
import { checkName } from './check-name.ts';
import { createMapRuns, type MapRuns } from './distributed/map-runs.ts';
import { typeNotSupported } from './errors.ts';
import { parseInput } from './execution-input.ts';
import { type LocalStateMachine, type ServedMachine, serveMachine } from './served-machine.ts';
import { createExecutions, type Executions } from './standard/executions.ts';
import { openStore, type Store } from './store/open-store.ts';
import type { SyncExecution } from './sync-execution.ts';
import { runTask } from './tasks/run-task.ts';
import type { ServiceCallers } from './tasks/service-callers.ts';
import type { NestedStart } from './tasks/start-execution-task.ts';

export interface StatesOptions {
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
  readonly machines: readonly LocalStateMachine[];
  readonly lambda: Pick<LambdaService, 'invoke'>;
  /** The other services that tasks ask. @default none */
  readonly callers?: ServiceCallers;
  /** Folder of the Standard executions. @default they are in memory */
  readonly directory?: string;
  /** The time of Standard executions. @default the machine's */
  readonly clock?: Clock;
}

/** An execution as its start tells of it. */
interface StartedExecution {
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

/** The Step Functions service. */
export interface StatesService {
  list(): readonly ServedMachine[];
  /** @throws {StatesApiError} StateMachineDoesNotExist */
  describe(arn: string): ServedMachine;
  /**
   * Runs an Express state machine to its end.
   *
   * @param input parsed JSON
   * @throws {StatesApiError} StateMachineDoesNotExist, StateMachineTypeNotSupported
   */
  startSync(arn: string, input: unknown, name?: string): Promise<SyncExecution>;
  /**
   * Starts a state machine, which goes on by itself; of an Express one nothing is heard again.
   *
   * @param input JSON
   * @throws {StatesApiError} StateMachineDoesNotExist, ExecutionAlreadyExists
   */
  start(
    arn: string,
    input: string,
    more?: { readonly name?: string; readonly traceHeader?: string; readonly parent?: string },
  ): Promise<StartedExecution>;
  /** The Standard executions. */
  readonly executions: Executions;
  readonly mapRuns: MapRuns;
}

/** The service, and what only its emulator needs. */
interface RunningStates {
  readonly service: StatesService;
  readonly store: Store;
  /** Aborts the executions that still run, so that none asks for a function any more. */
  close(): void;
}

/**
 * Compiles every definition, so that a mistake in one shows at start.
 *
 * @throws {LocalCloudError} if the Standard executions' file cannot be used
 */
export function startService(options: Omit<StatesOptions, 'credentials'>): RunningStates {
  const { lambda, callers = {}, clock = wallClock } = options;
  const closing = new AbortController();
  const served = new Map<string, ServedMachine>();
  for (const spec of options.machines) {
    const machine = serveMachine(spec, clock.now());
    served.set(machine.arn, machine);
  }
  const store = openStore(options.directory, clock.now());
  const run = (task: TaskRequest) =>
    runTask({ lambda, callers, nested, tokens: executions.tokens, clock }, task);
  const executions = createExecutions({
    store,
    clock,
    runTask: run,
    runMap: (request) => mapRuns.run(request),
  });
  const mapRuns = createMapRuns({
    store,
    clock,
    s3: callers.s3,
    executions,
    runExpress: ({ machine, input, name, arn, signal }) =>
      execute(machine, input, {
        executionName: name,
        executionArn: arn,
        stateMachineArn: stateMachineArn(machine.name),
        signal,
        runTask: run,
      }),
  });

  function describe(arn: string): ServedMachine {
    const machine = served.get(arn);
    if (machine === undefined) throw noStateMachine(arn);
    return machine;
  }

  async function runExpress(
    { machine, name: machineName, arn: machineArn }: ServedMachine,
    input: unknown,
    name: string,
    arn: string = executionArn(machineName, name, randomUUID()),
  ): Promise<SyncExecution> {
    const result = await execute(machine, input, {
      executionName: name,
      executionArn: arn,
      stateMachineArn: machineArn,
      signal: closing.signal,
      runTask: run,
    });
    return { arn, name, result };
  }

  const service: StatesService = {
    list: () => [...served.values()],
    describe,
    async startSync(machineArn, input, name = randomUUID()) {
      const machine = describe(machineArn);
      if (machine.type !== 'EXPRESS') throw typeNotSupported();
      return runExpress(machine, input, name);
    },
    async start(machineArn, input, more = {}) {
      const machine = describe(machineArn);
      if (machine.type === 'STANDARD') return executions.start({ machine, input, ...more });
      const { name = randomUUID() } = more;
      const arn = executionArn(machine.name, name, randomUUID());
      runExpress(machine, JSON.parse(input), name, arn).catch((fault: unknown) =>
        console.error(`The execution ${arn} cannot go on:`, fault),
      );
      return { arn, started: clock.now() };
    },
    executions,
    mapRuns,
  };

  const nested = {
    async start({ stateMachineArn, input = '{}', mustEnd, ...more }: NestedStart) {
      checkStateMachineArn(stateMachineArn, (arn) => served.has(arn));
      if (mustEnd && describe(stateMachineArn).type !== 'STANDARD') throw typeNotSupported();
      parseInput(input);
      return service.start(stateMachineArn, input, more);
    },
    async run(arn: string, input: string, name: string | undefined) {
      checkStateMachineArn(arn, (each) => served.has(each));
      checkName(name);
      return service.startSync(arn, parseInput(input), name);
    },
    ended: executions.ended,
    stop: (arn: string) => executions.stop(arn),
    get isClosed() {
      return executions.isClosed;
    },
  };

  return {
    service,
    store,
    close() {
      closing.abort();
      executions.close();
      store.close();
    },
  };
}
