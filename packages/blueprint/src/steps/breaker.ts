import {
  type Breaker,
  breakerTable,
  close,
  countFailure,
  expirySeconds,
  notItsFault,
  readBreakers,
  type Settings,
  settingsOf,
  takeTurn,
  turnMs,
} from '@chorus/resilience';
import { land } from '../account.ts';
import { BlueprintError } from '../errors.ts';
import { retryThrottled } from '../failures.ts';
import { jsonata } from '../jsonata.ts';
import { type TableLink, table } from '../links/table.ts';
import { substitutionKey, tableVariable } from '../names.ts';
import type { State, States, To } from '../outcome.ts';
import type { Place } from '../step.ts';
import type { FunctionSpec, TableSpec, WorkflowSpec } from '../types.ts';

/** What stands for the table in a definition. */
const tableName = `\${${tableVariable(breakerTable.name)}}`;

/** The right of a workflow with breakers. */
export const breakerLink: TableLink = table(breakerTable.name, { access: 'read-write' });

/** Returns the table of breakers, if one of the workflows has any. */
export function breakerTables(workflows: readonly WorkflowSpec[]): readonly TableSpec[] {
  return workflows.some(({ links = [] }) => links.includes(breakerLink)) ? [breakerTable] : [];
}

const input = jsonata('$states.input');
const now = '$millis()';
const expires = jsonata(`$string($floor(${now} / 1000) + ${expirySeconds})`);

/** Shortest time-out of a task: a table that does not answer delays a request by no more. */
const patience = { TimeoutSeconds: 1 };

/**
 * Returns the state that reads all breakers, once for an execution, into a variable. Where the table cannot be read none is
 * open: it is there to save time, and nothing may fail for its sake.
 */
export function readsBreakers(variable: string, next: string): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:query',
    Arguments: readBreakers(tableName),
    ...patience,
    Assign: { [variable]: jsonata('$states.result.Items') },
    Output: {},
    Catch: [{ ErrorEquals: ['States.ALL'], Assign: { [variable]: [] }, Output: {}, Next: next }],
    Next: next,
  };
}

/** How a function is asked behind its breaker. */
export interface Asking {
  readonly answered: To;
  /** The state that a failure leads to. */
  readonly failed: string;
  /** Variables that a failure assigns: an answer that is none, and any other. */
  readonly unexpected?: State;
  readonly caught?: State;
  readonly retry?: readonly State[];
}

/** What the breaker of a step is told of it. */
export interface Guarded {
  readonly spec: FunctionSpec;
  readonly breaker: Breaker;
  /** The state with which the step begins. */
  readonly start: string;
  /** The state that makes an outcome of a failure. */
  readonly without: string;
  readonly ask: (asking: Asking) => State;
  /** The outcome, as a failure's, of a function that was not asked; `cause` is JSONata. */
  readonly refuse: (name: string, cause: string) => unknown;
}

/**
 * JSONata that is true for a failure that speaks against the function: a time-out does only when it had the time that it may
 * take by its own settings, since a caller's may be shorter.
 */
function isItsFault({ timeoutSeconds }: FunctionSpec): string {
  const error = '$states.errorOutput.Error';
  const took = `${now} - $toMillis($states.context.State.EnteredTime)`;
  return `$not(${error} in ${JSON.stringify(notItsFault)}) and (${error} != "States.Timeout" or ${took} >= ${timeoutSeconds * 1000})`;
}

function settings(breaker: Breaker, name: string): Settings {
  try {
    return settingsOf(breaker);
  } catch (cause) {
    throw new BlueprintError(`${name}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/** A task that changes an item, and lets the outcome of the step pass whatever becomes of that. */
function changes(operation: string, request: State, to: To, otherwise: string): State {
  return {
    Type: 'Task',
    Resource: `arn:aws:states:::dynamodb:${operation}`,
    Arguments: request,
    ...patience,
    Output: input,
    Catch: [{ ErrorEquals: ['States.ALL'], Output: input, Next: otherwise }],
    ...to,
  };
}

/**
 * Puts a breaker before a function. One that has not failed lately is asked as if there were none. After a failure it is asked
 * without retries until it answers; after so many in a row it is not asked, but by one request from time to time.
 *
 * @throws {BlueprintError} for other settings than a breaker has
 */
export function guard(place: Place, guarded: Guarded): States {
  const { spec, start, without, ask, refuse } = guarded;
  const { failures: most, openSeconds } = settings(guarded.breaker, spec.name);
  const [asked, again, tries, open, blame, count, closes] = [
    `Ask ${spec.name}`,
    `Ask ${spec.name} again`,
    `Try ${spec.name}`,
    `Open ${spec.name}`,
    `Blame ${spec.name}`,
    `Count ${spec.name}`,
    `Close ${spec.name}`,
  ].map(place.nameState) as [string, string, string, string, string, string, string];
  const turn = place.nameVariable('turn', place.scope);
  const blamed = place.nameVariable('blamed', place.scope);
  const target = `\${${substitutionKey(spec.name)}}`;
  const breakers = `$${place.readBreakers()}`;
  const known = `${breakers}[target.S = "${target}"]`;
  const which = { table: tableName, target };
  const turnText = jsonata(`$string($${turn})`);
  const closed = land(place, place.answered, `Closed ${spec.name}`, input);
  const failure = { failed: blame, unexpected: { [blamed]: false } };
  const caught = { [blamed]: jsonata(isItsFault(spec)) };
  const noTurn = { [turn]: 0 };
  return {
    [start]: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata(`$not("${target}" in ${breakers}.target.S)`), Next: asked },
        {
          Condition: jsonata(`$number(${known}.failures.N) < ${most}`),
          Assign: noTurn,
          Next: again,
        },
        {
          Condition: jsonata(`${now} >= $number(${known}.retryAt.N)`),
          Assign: { [turn]: jsonata(`${now} + ${turnMs}`) },
          Next: tries,
        },
      ],
      Default: open,
    },
    [asked]: ask({
      answered: place.answered,
      ...failure,
      unexpected: { ...failure.unexpected, ...noTurn },
      caught: { ...caught, ...noTurn },
    }),
    [tries]: {
      ...changes(
        'updateItem',
        takeTurn({ ...which, retryAt: jsonata(`${known}.retryAt.N`), turn: turnText, expires }),
        { Next: again },
        again,
      ),
      Catch: [
        {
          // Another request has it.
          ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
          Output: input,
          Next: open,
        },
        { ErrorEquals: ['States.ALL'], Output: input, Next: again },
      ],
    },
    [again]: ask({ answered: { Next: closes }, ...failure, caught, retry: retryThrottled }),
    [closes]: changes(
      'deleteItem',
      close({ ...which, most, turn: turnText }),
      place.answered,
      closed.next,
    ),
    ...closed.states,
    [open]: {
      Type: 'Pass',
      Output: refuse(
        'CircuitOpenError',
        `"it failed " & ${known}.failures.N & " times in a row" & (${now} < $number(${known}.retryAt.N) ? "; it is asked again from " & $fromMillis($number(${known}.retryAt.N)) & " on" : "; another request is trying it now")`,
      ),
      Next: without,
    },
    [blame]: {
      Type: 'Choice',
      Choices: [{ Condition: jsonata(`$${blamed} or $${turn} > 0`), Next: count }],
      Default: without,
    },
    [count]: changes(
      'updateItem',
      countFailure({
        ...which,
        most,
        turn: turnText,
        failures: jsonata(`$${blamed} ? "1" : "0"`),
        retryAt: jsonata(`$string(${now} + ($${blamed} ? ${openSeconds * 1000} : 0))`),
        expires,
      }),
      { Next: without },
      without,
    ),
  };
}
