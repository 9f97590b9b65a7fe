import { EvaluationError, reasonOf, StatesError } from './errors.ts';
import type { StateEvent } from './execution.ts';
import { assertFits } from './limits.ts';
import type { Graph, Scope, State, Visit } from './machine.ts';
import type { ContextObject } from './query.ts';
import { matchesError, retryPolicy } from './retry.ts';
import type { Step } from './step.ts';
import type { Track } from './track.ts';

/**
 * Runs states from the first to a terminal one and answers the last output. In a Standard execution it goes on where an
 * earlier process got to.
 */
export async function runGraph(graph: Graph, input: unknown, scope: Scope): Promise<unknown> {
  const { track, variables } = scope;
  if (!track) return runStates(graph, graph.startAt, input, scope);
  const { ended } = track;
  if (ended) return ended.output;
  const begun = track.begin({ state: graph.startAt, input, variables });
  scope.variables = begun.variables;
  try {
    return await runStates(graph, begun.state, begun.input, scope);
  } catch (thrown) {
    if (thrown instanceof StatesError) track.fail(thrown);
    throw thrown;
  }
}

async function runStates(
  graph: Graph,
  startAt: string,
  input: unknown,
  scope: Scope,
): Promise<unknown> {
  let name = startAt;
  let data = input;
  for (;;) {
    const state = graph.states.get(name);
    if (!state) throw new StatesError('States.Runtime', `There is no state "${name}".`);
    const step = await runState(state, data, scope);
    if (step.assign) scope.variables = { ...scope.variables, ...step.assign };
    scope.track?.leave(name, state.type, step, scope.variables);
    if (step.next === undefined) return step.output;
    name = step.next;
    data = step.output;
    const turn = scope.execution.breathe();
    if (turn) await turn;
  }
}

/** One stay in a state: attempts until one succeeds, is caught, or nothing more is allowed. */
async function runState(state: State, input: unknown, scope: Scope): Promise<Step> {
  const { track } = scope;
  const { clock, options, random } = scope.execution;
  const told = track?.enter(state.type);
  const entered = told?.id ?? scope.execution.countEvents(1);
  const origin = { branch: state.type === 'Parallel' };
  const byRetrier = [...(track?.retries?.byRetrier ?? [])];
  const retryAfter = retryPolicy(state.retriers, origin, random, byRetrier);
  const left = (track?.retries?.due ?? 0) - clock.now();
  if (track && left > 0) await clock.sleep(left, scope.signal);

  for (let retryCount = track?.retries?.count ?? 0; ; retryCount += 1) {
    scope.signal.throwIfAborted();
    const visit = enter(state, input, scope, retryCount, told?.at);
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
      if (track && problem instanceof EvaluationError) noteEvaluation(track, problem, state);

      const delaySeconds = retryAfter(thrown);
      if (delaySeconds !== undefined) {
        const retryDelayMs = delaySeconds * 1000 * (options.retryScale ?? 1);
        ended('retried', { ...failure, retryDelayMs });
        const due = clock.now() + retryDelayMs;
        track?.retry({ count: retryCount + 1, byRetrier: [...byRetrier], due });
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

/** JSONata's errors have an event of their own. */
function noteEvaluation(track: Track, { name, message }: EvaluationError, state: State): void {
  if (name !== 'States.QueryEvaluationError') return;
  const details = { error: name, cause: message, state: state.name };
  track.note({ type: 'EvaluationFailed', evaluationFailedEventDetails: details });
}

interface PlacedVisit extends Visit {
  readonly start: number;
  readonly place: Pick<StateEvent, 'path' | 'state'>;
}

function enter(
  state: State,
  input: unknown,
  scope: Scope,
  retryCount: number,
  enteredAt: number | undefined,
): PlacedVisit {
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
          EnteredTime: new Date(enteredAt ?? start).toISOString(),
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
