import { EvaluationError, reasonOf, StatesError } from './errors.ts';
import type { StateEvent } from './execution.ts';
import { assertFits } from './limits.ts';
import type { Graph, Scope, State, Step, Visit } from './machine.ts';
import type { ContextObject } from './query.ts';
import { matchesError, retryPolicy } from './retry.ts';

/** Runs states from the first to a terminal one and answers the last output. */
export async function runGraph(graph: Graph, input: unknown, scope: Scope): Promise<unknown> {
  let name = graph.startAt;
  let data = input;
  for (;;) {
    const state = graph.states.get(name);
    if (!state) throw new StatesError('States.Runtime', `There is no state "${name}".`);
    const step = await runState(state, data, scope);
    if (step.assign) scope.variables = { ...scope.variables, ...step.assign };
    if (step.next === undefined) return step.output;
    name = step.next;
    data = step.output;
    const turn = scope.execution.breathe();
    if (turn) await turn;
  }
}

/** One stay in a state: attempts until one succeeds, is caught, or nothing more is allowed. */
async function runState(state: State, input: unknown, scope: Scope): Promise<Step> {
  const { clock, options, random } = scope.execution;
  const entered = scope.execution.countEvents(1);
  const origin = { branch: state.type === 'Parallel' };
  const retryAfter = retryPolicy(state.retriers, origin, random);

  for (let retryCount = 0; ; retryCount += 1) {
    scope.signal.throwIfAborted();
    const visit = enter(state, input, scope, retryCount);
    const start = { ...visit.place, type: state.type, attempt: retryCount + 1, start: visit.start };
    options.onStart?.(start);
    const ended = (outcome: StateEvent['outcome'], rest?: Partial<StateEvent>) =>
      options.onEvent?.({ ...start, end: clock.now(), outcome, ...rest });

    try {
      const step = await state.run(visit);
      assertStepFits(step, input, state);
      ended('succeeded');
      scope.execution.countEvents(1);
      return step;
    } catch (problem) {
      const thrown =
        problem instanceof EvaluationError ? located(problem, state, entered) : problem;
      if (scope.signal.aborted) {
        ended('aborted', { cause: reasonOf(scope.signal.reason) });
        throw scope.signal.reason;
      }
      // Anything else is a fault of the interpreter or of its caller, not of the workflow.
      if (!(thrown instanceof StatesError)) throw thrown;
      const failure = { error: thrown.name, cause: thrown.message };

      const delaySeconds = retryAfter(thrown);
      if (delaySeconds !== undefined) {
        const retryDelayMs = delaySeconds * 1000 * (options.retryScale ?? 1);
        ended('retried', { ...failure, retryDelayMs });
        if (retryDelayMs > 0) await clock.sleep(retryDelayMs, scope.signal);
        continue;
      }
      const catcher = state.catchers.find(({ errorEquals }) =>
        matchesError(errorEquals, thrown, origin),
      );
      ended(catcher ? 'caught' : 'failed', failure);
      if (!catcher) throw thrown;
      const step = await catcher.catch(visit, thrown).catch((fault: unknown) => {
        throw located(fault, state, entered);
      });
      assertStepFits(step, input, state);
      scope.execution.countEvents(1);
      return step;
    }
  }
}

/** Returns an error of Step Functions itself with the state before the cause, in AWS's words; any other as it was. */
function located(thrown: unknown, state: State, entered: number): unknown {
  if (!(thrown instanceof EvaluationError)) return thrown;
  const place = `An error occurred while executing the state '${state.name}' (entered at the event id #${entered}).`;
  return new StatesError(thrown.name, `${place} ${thrown.message}`, { cause: thrown.cause });
}

interface PlacedVisit extends Visit {
  readonly start: number;
  readonly place: Pick<StateEvent, 'path' | 'state'>;
}

function enter(state: State, input: unknown, scope: Scope, retryCount: number): PlacedVisit {
  const start = scope.execution.clock.now();
  let context: ContextObject | undefined;
  return {
    state: state.name,
    input,
    scope,
    retryCount,
    start,
    place: { path: [...scope.path, state.name], state: state.name },
    get context() {
      context ??= {
        ...scope.execution.context,
        State: {
          EnteredTime: new Date(start).toISOString(),
          Name: state.name,
          ...(state.retryable && { RetryCount: retryCount }),
        },
        ...(scope.item && { Map: { Item: scope.item } }),
      };
      return context;
    },
  };
}

/** An output that is the input was measured when it was someone else's output. */
function assertStepFits(step: Step, input: unknown, state: State): void {
  if (step.output !== input) assertFits(step.output, `output of state '${state.name}'`);
  if (step.assign) assertFits(step.assign, `variables that state '${state.name}' assigns`);
}
