import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import { Interruption, StatesError } from './errors.ts';
import type { ExecuteOptions, Execution, ExecutionResult } from './execution.ts';
import { cancelled } from './interruption.ts';
import { assertFits } from './limits.ts';
import type { StateMachine } from './machine.ts';
import { runGraph } from './run-graph.ts';
import { openTrack } from './track.ts';

/** How many transitions may pass before the event loop gets a turn. */
const transitionsPerTurn = 256;

/**
 * Executes a state machine. An Express workflow runs once, in memory, at most five minutes. A Standard one goes by
 * `options.journal`: executed with a journal that is not empty, it goes on where that ends.
 * Resolves however the workflow ends; rejects only when the interpreter or a callback has a fault.
 * Without input the input is `{}`.
 */
export async function execute(
  machine: StateMachine,
  input: unknown,
  options: ExecuteOptions,
): Promise<ExecutionResult> {
  const clock = options.clock ?? systemClock;
  const startTime = options.startTime ?? new Date(clock.now());
  const data = input === undefined ? {} : input;
  const stop = new AbortController();
  const timer = new AbortController();
  const onAbort = () => stop.abort(new Interruption('ABORTED', { cause: options.signal?.reason }));
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const timeoutAt = timeoutOf(machine, options, startTime, clock);
  if (timeoutAt !== undefined)
    clock.sleep(Math.max(0, timeoutAt - clock.now()), timer.signal).then(
      () => stop.abort(new Interruption('TIMED_OUT')),
      () => undefined, // finished in time
    );

  const ended = () => ({ startTime, stopTime: new Date(clock.now()) });
  try {
    assertFits(data, 'input of the execution');
    const output = await runGraph(machine.graph, data, {
      execution: startExecution(machine, data, startTime, options),
      signal: stop.signal,
      path: [],
      item: undefined,
      variables: {},
      track: options.journal && openTrack(options.journal, [], 0, () => clock.now()),
    });
    return { status: 'SUCCEEDED', output, ...ended() };
  } catch (thrown) {
    if (thrown instanceof StatesError) {
      return { status: 'FAILED', error: thrown.name, cause: thrown.message, ...ended() };
    }
    if (!(thrown instanceof Interruption) || thrown.reason === 'SIBLING_FAILED') throw thrown;
    const error = thrown.reason === 'TIMED_OUT' ? 'States.Timeout' : '';
    return { status: thrown.reason, error, cause: thrown.message, ...ended() };
  } finally {
    timer.abort(cancelled);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/** Counts an Express execution's time from now on, a Standard one's from its start. */
function timeoutOf(
  { type, timeoutSeconds }: StateMachine,
  options: ExecuteOptions,
  startTime: Date,
  clock: Clock,
): number | undefined {
  if (options.timeoutAt !== undefined) return options.timeoutAt;
  if (timeoutSeconds === undefined) return undefined;
  return (type === 'EXPRESS' ? clock.now() : startTime.getTime()) + timeoutSeconds * 1000;
}

function startExecution(
  machine: StateMachine,
  input: unknown,
  startTime: Date,
  options: ExecuteOptions,
): Execution {
  const { name } = machine;
  const account = 'us-east-1:000000000000';
  const executionName = options.executionName ?? randomUUID();
  let transitions = 0;
  // The first event is that the execution started.
  let events = 1;
  return {
    options,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    context: {
      Execution: {
        Id: options.executionArn ?? `arn:aws:states:${account}:express:${name}:${executionName}`,
        Input: input,
        Name: executionName,
        RoleArn: options.roleArn ?? `arn:aws:iam::000000000000:role/${name}`,
        StartTime: startTime.toISOString(),
        RedriveCount: options.redrive?.count ?? 0,
        ...(options.redrive && { RedriveTime: options.redrive.time.toISOString() }),
      },
      StateMachine: {
        Id: options.stateMachineArn ?? `arn:aws:states:${account}:stateMachine:${name}`,
        Name: name,
      },
    },
    countEvents(more) {
      events += more;
      return events;
    },
    breathe() {
      transitions += 1;
      if (transitions % transitionsPerTurn !== 0) return undefined;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}
