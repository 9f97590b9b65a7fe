import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type MovableClock, movableClock } from '@chorus/asl';
import { serve, testCredentials } from '@chorus/emulator-aws/testing';
import type { LambdaService } from '@chorus/emulator-lambda';
import { afterEach } from 'vitest';
import { createStates, type StatesEmulator } from '../create-states.ts';
import type { ServiceCallers } from '../tasks/service-callers.ts';

/** Answers an event of a function, by the function's name. */
type Answer = (event: unknown, functionName: string) => unknown;

/** A Step Functions service of a test, whose functions the test is. */
export interface TestStates {
  readonly client: SFNClient;
  readonly clock: MovableClock;
  readonly emulator: StatesEmulator;
  /** Ends the process where it is, as far as the service can tell, and starts another on the same folder. */
  restart(): Promise<void>;
  start(machine: string, input?: unknown, name?: string): Promise<string>;
  describe(arn: string): Promise<DescribeExecutionCommandOutput>;
  /** Waits until an execution has ended. */
  ended(arn: string): Promise<DescribeExecutionCommandOutput>;
  history(arn: string): Promise<HistoryEvent[]>;
  /** Waits until an execution's history has an event of a type, so many times. */
  reached(arn: string, type: string, times?: number): Promise<void>;
}

/** Returns the ARN of a machine. */
export const machineArn = (name: string): string =>
  `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

/** Returns a Task state that invokes a function. */
export const invoke = (FunctionName: string, fields: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...fields,
});

/** Returns a machine in JSONata that starts at its first state. */
export const states = (all: object): Record<string, unknown> => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(all)[0],
  States: all,
});

function lambdaOf(answer: Answer): Pick<LambdaService, 'invoke'> {
  return {
    async invoke({ functionName, payload }) {
      try {
        const result = await answer(JSON.parse(Buffer.from(payload).toString()), functionName);
        return { payload: Buffer.from(JSON.stringify(result ?? null)), executedVersion: '1' };
      } catch (error) {
        const { name, message } = error as Error;
        const text = JSON.stringify({ errorType: name, errorMessage: message });
        return {
          payload: Buffer.from(text),
          executedVersion: '1',
          functionError: 'Unhandled' as const,
        };
      }
    },
  };
}

interface Options {
  /** Standard unless their definition says `express`. */
  readonly machines: Readonly<Record<string, Record<string, unknown>>>;
  readonly express?: readonly string[];
  readonly directory: string;
  answer?: Answer;
  readonly callers?: ServiceCallers;
}

/** Starts the service on a port of its own, until the test ends. */
export async function startStandard(options: Options): Promise<TestStates> {
  const { express = [], answer = (event) => event, callers = {} } = options;
  const clock = movableClock(Date.parse('2026-01-01T00:00:00Z'));
  const open = () =>
    createStates({
      credentials: testCredentials,
      machines: Object.entries(options.machines).map(([name, definition]) => ({
        name,
        definition,
        substitutions: {},
        type: express.includes(name) ? 'EXPRESS' : 'STANDARD',
      })),
      directory: options.directory,
      clock,
      lambda: lambdaOf(answer),
      callers,
    });
  let emulator = open();
  const port = await serve({ states: (request, response) => emulator.handle(request, response) });
  const client = new SFNClient({
    endpoint: port.url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
    disableHostPrefix: true,
  });
  afterEach(async () => {
    client.destroy();
    await emulator.close();
    await port.close();
  });

  async function history(executionArn: string): Promise<HistoryEvent[]> {
    const command = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
    return (await client.send(command)).events ?? [];
  }

  const describe = (executionArn: string) =>
    client.send(new DescribeExecutionCommand({ executionArn }));

  return {
    client,
    clock,
    get emulator() {
      return emulator;
    },
    async restart() {
      await emulator.close();
      emulator = open();
      emulator.resume();
    },
    async start(machine, input = {}, name) {
      const started = await client.send(
        new StartExecutionCommand({
          stateMachineArn: machineArn(machine),
          input: JSON.stringify(input),
          name,
        }),
      );
      return started.executionArn ?? '';
    },
    describe,
    async ended(arn) {
      await emulator.service.executions.ended(arn, new AbortController().signal);
      return describe(arn);
    },
    history,
    async reached(arn, type, times = 1) {
      for (;;) {
        const events = await history(arn);
        if (events.filter((event) => event.type === type).length >= times) return;
      }
    },
  };
}
