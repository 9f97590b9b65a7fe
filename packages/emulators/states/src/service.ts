import { randomUUID } from 'node:crypto';
import { compile, type ExecutionResult, execute, type StateMachine } from '@chorus/asl';
import { type Credentials, executionArn, stateMachineArn } from '@chorus/emulator-aws';
import type { LambdaService } from '@chorus/emulator-lambda';
import { noStateMachine } from './check-arn.ts';
import { invokeTask } from './invoke-task.ts';

/** A state machine as the local cloud runs it. */
interface LocalStateMachine {
  /** Physical name: `chorus-house-price`. */
  readonly name: string;
  /** Amazon States Language with `${token}` substitutions. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly substitutions: Readonly<Record<string, string>>;
}

export interface StatesOptions {
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
  readonly machines: readonly LocalStateMachine[];
  readonly lambda: Pick<LambdaService, 'invoke'>;
}

/** A finished synchronous execution. */
export interface SyncExecution {
  readonly arn: string;
  readonly name: string;
  readonly result: ExecutionResult;
}

export interface ServedMachine {
  readonly name: string;
  readonly arn: string;
  readonly machine: StateMachine;
  /** The definition as it runs, substitutions done, as JSON. */
  readonly definition: string;
  readonly created: Date;
}

/** The Step Functions service: Synchronous Express workflows only. */
export interface StatesService {
  list(): readonly ServedMachine[];
  /** @throws {StatesApiError} StateMachineDoesNotExist */
  describe(arn: string): ServedMachine;
  /**
   * Runs a state machine to its end.
   *
   * @param input parsed JSON
   * @throws {StatesApiError} StateMachineDoesNotExist
   */
  startSync(arn: string, input: unknown, name?: string): Promise<SyncExecution>;
}

/** The service, and what only its emulator needs. */
interface RunningStates {
  readonly service: StatesService;
  /** Aborts the executions that still run, so that none asks for a function any more. */
  close(): void;
}

/** Compiles every definition, so that a mistake in one shows at start. */
export function startService(options: Omit<StatesOptions, 'credentials'>): RunningStates {
  const { lambda } = options;
  const closing = new AbortController();
  const served = new Map<string, ServedMachine>();
  for (const { name, definition, substitutions } of options.machines) {
    const machine = compile(definition, { name, substitutions });
    const text = JSON.stringify(definition).replaceAll(
      /\$\{(\w+)\}/g,
      (token, key: string) => substitutions[key] ?? token,
    );
    const arn = stateMachineArn(name);
    served.set(arn, { name, arn, machine, definition: text, created: new Date() });
  }

  function describe(arn: string): ServedMachine {
    const machine = served.get(arn);
    if (machine === undefined) throw noStateMachine(arn);
    return machine;
  }

  const service: StatesService = {
    list: () => [...served.values()],
    describe,
    async startSync(machineArn, input, name = randomUUID()) {
      const { machine, name: machineName } = describe(machineArn);
      const arn = executionArn(machineName, name, randomUUID());
      const result = await execute(machine, input, {
        executionName: name,
        executionArn: arn,
        stateMachineArn: machineArn,
        signal: closing.signal,
        runTask: (task) => invokeTask(lambda, task),
      });
      return { arn, name, result };
    },
  };
  return { service, close: () => closing.abort() };
}
