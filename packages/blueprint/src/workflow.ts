import type { Answer, AnswerSpec } from './answers/answer.ts';
import { fannedOut } from './asynchronous/fanned-out.ts';
import { budgetOfInput, budgetSeconds } from './deadline-jsonata.ts';
import { jsonata } from './jsonata.ts';
import { lastStates } from './last-states.ts';
import { timeoutSeconds } from './limits.ts';
import type { State } from './outcome.ts';
import type { Request } from './requests/request.ts';
import { isExpress } from './serve-workflows.ts';
import { type Fragment, type Step, stateNames, variableNames } from './step.ts';
import { breakerLink, readsBreakers } from './steps/breaker.ts';
import type { WorkflowSpec, WorkflowType } from './types.ts';

/** A workflow: what it is asked, what it does, and what it makes of it. */
export interface Workflow {
  readonly name: string;
  readonly request: Request;
  readonly steps: Step;
  readonly answer: Answer;
  /** @default 'express' */
  readonly type?: WorkflowType;
  /** A request body to try it with. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The deadline of a caller that names none, in milliseconds. @default 25000 */
  readonly budgetMs?: number;
}

/** The states before the steps, and after them. */
function definitionOf(
  { request, steps, budgetMs }: Workflow,
  { start, states }: Pick<Fragment, 'start' | 'states'>,
  answer: AnswerSpec,
  timed: boolean,
): State {
  const { read, accepts, assign, rejects } = request.reading;
  return {
    Comment: `Takes ${request.noun}; asks ${steps.functions.map(({ name }) => name).join(', ')}.`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: timeoutSeconds,
    StartAt: 'Read',
    States: {
      Read: {
        Type: 'Pass',
        Assign: { ...read, budgetMs: jsonata(budgetOfInput(budgetMs)) },
        Next: 'Check',
      },
      Check: {
        Type: 'Choice',
        Choices: [
          {
            Condition: jsonata(accepts),
            Assign: {
              deadline: jsonata('$toMillis($states.context.Execution.StartTime) + $budgetMs'),
              budgetSeconds: jsonata(budgetSeconds),
              ...assign,
            },
            // From here on the body, which may be large, is in variables only.
            Output: {},
            Next: start,
          },
        ],
        Default: 'Reject',
      },
      Reject: { Type: 'Pass', Output: rejects, End: true },
      ...states,
      ...lastStates(states, { request, answer, timed }),
    },
  };
}

/** The state that reads the breakers. */
const breakersRead = 'Read breakers';

/** Puts the reading of the breakers before the steps, where one of them has any. */
function withBreakers(
  { start, states }: Fragment,
  variable: string | undefined,
): Pick<Fragment, 'start' | 'states'> {
  return variable === undefined
    ? { start, states }
    : {
        start: breakersRead,
        states: { [breakersRead]: readsBreakers(variable, start), ...states },
      };
}

/** A workflow's states, with what they make the answer of. */
interface Built {
  readonly definition: State;
  readonly answer: AnswerSpec;
  readonly hasBreakers: boolean;
}

/** @param timed whether each question notes its times, and the answer has them */
function build(description: Workflow, timed: boolean): Built {
  const { request, steps } = description;
  const nameState = stateNames();
  const { read, assign } = request.reading;
  const own = ['states', 'budgetMs', 'budgetSeconds', 'deadline'];
  for (const name of ['Read', 'Check', 'Reject', breakersRead, 'Answer', 'Refuse']) nameState(name);
  const nameVariable = variableNames([...own, ...Object.keys(read), ...Object.keys(assign)]);
  let breakers: string | undefined;
  const fragment = steps.build({
    readables: request.reading.readables,
    tensorOf: request.reading.tensorOf,
    rows: request.reading.rows,
    follows: false,
    isLate: false,
    answered: { Next: 'Answer' },
    failed: { Next: 'Refuse' },
    nameState,
    nameVariable,
    readBreakers() {
      breakers ??= nameVariable('breakers', '/', 'own');
      return breakers;
    },
    scope: '/',
    timed,
  });
  const answer = description.answer(fragment.given);
  return {
    definition: definitionOf(description, withBreakers(fragment, breakers), answer, timed),
    answer,
    hasBreakers: breakers !== undefined,
  };
}

/**
 * A workflow as a state machine and as a model of the Open Inference Protocol. Its output is `{statusCode, body}`: 200 with
 * the answer, which functions served it (`models`: version, duration, cold start, attempts) and which failed and why
 * (`failed`); 4xx for a request that is wrong; and when too little was answered, the status that the failed functions agree
 * on, else 503. All of it ends by the caller's deadline.
 *
 * @throws {BlueprintError} naming both sides when a step needs what is not given, or the answer does
 */
export function workflow(description: Workflow): WorkflowSpec {
  const { name, type, request, steps, example } = description;
  const { definition, answer, hasBreakers } = build(description, false);
  return {
    name,
    ...(type && { type }),
    definition,
    ...(isExpress(description) && { traced: () => build(description, true).definition }),
    ...(isExpress(description) &&
      steps.fanOut !== undefined && { fannedOut: fannedOut(description, steps.fanOut) }),
    ...(hasBreakers && { links: [breakerLink] }),
    functions: steps.functions,
    timeoutSeconds,
    quorum: steps.quorum,
    example,
    request,
    answer,
    schema: {
      name,
      maxBatch: request.maxBatch,
      inputs: request.inputs,
      outputs: answer.outputs,
    },
  };
}
