import {
  cannotKeep,
  claimRequest,
  keepAnswer,
  keptSeconds,
  keyExpected,
  keyPattern,
  otherBody,
  readRequest,
  releaseRequest,
  requestTable,
  retryAfterSeconds,
  stillRuns,
} from '@chorus/resilience';
import { jsonata } from '../jsonata.ts';
import { maxInputBytes } from '../limits.ts';
import { executions } from '../links/executions.ts';
import { table } from '../links/table.ts';
import { tableVariable } from '../names.ts';
import type { State, States } from '../outcome.ts';
import type { MachineSpec } from '../types.ts';

/** The name of the state machine that answers requests with a key. */
export const onceMachineName = 'once';

/** What the machine is started with. */
export interface OnceInput {
  /** The body as it came: it is handed on to the letter. */
  readonly text: string;
  /** The header's value. */
  readonly key: string;
  /** Without spaces: `/predict/price`. */
  readonly route: string;
  /** Who sent it, where the API knows. */
  readonly caller: string;
  /** ARN of the state machine that answers. */
  readonly machine: string;
}

/** Longest that it runs: as long as a workflow may, and the changes of the table. API Gateway has given up; the answer is kept. */
const timeoutSeconds = 36;

/** Characters that are hashed at once: `$hash` takes 10,000 bytes, and a character has up to four. */
const hashedAtOnce = 2500;

const own = '$states.context.Execution.Name';
const now = '$millis()';
const seconds = `$floor(${now} / 1000)`;
const number = (expression: string): string => jsonata(`$string(${expression})`);

const which = {
  table: `\${${tableVariable(requestTable.name)}}`,
  id: jsonata('$id'),
  claimant: jsonata(own),
};

/** JSONata of a digest of the machine and the body; whatever differs is another request. */
const fingerprint = `(
  $parts := $match($states.input.machine & " " & $states.input.text, /[\\s\\S]{1,${hashedAtOnce}}/).match;
  $hash($join([$map($parts, function($part) { $hash($part, "SHA-256") })]), "SHA-256")
)`;

const quickly = { TimeoutSeconds: 3 };

/** What fails is tried again soon: the caller waits. */
const retry: readonly State[] = [
  { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], MaxAttempts: 0 },
  {
    ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
    IntervalSeconds: 1,
    MaxAttempts: 2,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

function refuse(statusCode: number, error: string, more: State = {}): State {
  const body = { error, ...more, requestId: jsonata(own) };
  return { Type: 'Pass', Output: { statusCode, body }, End: true };
}

/** JSONata of an answer's text that is ours. */
const answerText = (statusCode: string, error: string): string =>
  `$string({ "statusCode": ${statusCode}, "body": { "error": ${error}, "requestId": ${own} } })`;

/** A Catcher that makes an answer of an error, and gives the key back. */
const caught = (error: string, statusCode: number, said: string): State => ({
  ErrorEquals: [error],
  Assign: { answer: jsonata(answerText(String(statusCode), JSON.stringify(said))) },
  Output: {},
  Next: 'Release',
});

const run: State = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:sfn:startSyncExecution',
  Arguments: { StateMachineArn: jsonata('$machine'), Name: jsonata(own), Input: jsonata('$text') },
  Assign: {
    answer: jsonata(`(
      $result := $states.result;
      $result.Status = "SUCCEEDED" ? $result.Output
        : $result.Status = "TIMED_OUT" ? ${answerText('504', '"the workflow took too long and was stopped"')}
        : ${answerText('500', '"the workflow failed: " & ($exists($result.Error) ? $result.Error : $result.Status)')}
    )`),
  },
  Output: {},
  Catch: [
    caught(
      'Sfn.InvalidExecutionInputException',
      400,
      'the body is not JSON that a state machine takes: it may be cut off, or have half of a surrogate pair or a number that is too large for a double',
    ),
    caught(
      'States.DataLimitExceeded',
      413,
      `the body and its answer are larger than ${maxInputBytes} bytes, which is what fits with an Idempotency-Key; send it without`,
    ),
    caught('States.ALL', 503, 'the workflow could not be started; try again'),
  ],
  Next: 'Judge',
};

const states: States = {
  Check: {
    Type: 'Choice',
    Choices: [
      {
        Condition: jsonata(`$contains($states.input.key, /${keyPattern}/)`),
        Assign: {
          id: jsonata(
            '$states.input.route & " " & $states.input.caller & " " & $replace($states.input.key, "\\"", "")',
          ),
          fingerprint: jsonata(fingerprint),
          machine: jsonata('$states.input.machine'),
          text: jsonata('$states.input.text'),
        },
        Output: {},
        Next: 'Claim',
      },
    ],
    Default: 'Reject',
  },
  Reject: refuse(400, keyExpected),
  Claim: {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:putItem',
    Arguments: claimRequest({
      ...which,
      fingerprint: jsonata('$fingerprint'),
      now: number(now),
      nowSeconds: number(seconds),
      until: number(`${now} + ${timeoutSeconds * 1000}`),
      expires: number(`${seconds} + ${keptSeconds}`),
    }),
    ...quickly,
    Output: {},
    Retry: retry,
    Catch: [
      { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], Output: {}, Next: 'Look' },
      { ErrorEquals: ['States.ALL'], Output: {}, Next: 'Unavailable' },
    ],
    Next: 'Run',
  },
  Run: run,
  Judge: {
    Type: 'Choice',
    Choices: [
      {
        // See `isKept`.
        Condition: jsonata(
          '($status := $parse($answer).statusCode; $status < 500 and $status != 429)',
        ),
        Next: 'Keep',
      },
    ],
    Default: 'Release',
  },
  Keep: {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:updateItem',
    Arguments: keepAnswer({ ...which, answer: jsonata('$answer') }),
    ...quickly,
    Output: {},
    Retry: retry,
    // The caller has its answer; the key is free again once this execution is over.
    Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, Next: 'Answer' }],
    Next: 'Answer',
  },
  Release: {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:deleteItem',
    Arguments: releaseRequest(which),
    ...quickly,
    Output: {},
    Retry: retry,
    Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, Next: 'Answer' }],
    Next: 'Answer',
  },
  Answer: { Type: 'Pass', Output: jsonata('$parse($answer)'), End: true },
  Look: {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:getItem',
    Arguments: readRequest(which),
    ...quickly,
    Assign: { known: jsonata('$exists($states.result.Item) ? $states.result.Item : {}') },
    Output: {},
    Retry: retry,
    Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, Next: 'Unavailable' }],
    Next: 'Compare',
  },
  Compare: {
    Type: 'Choice',
    Choices: [
      {
        Condition: jsonata('$exists($known.id) and $known.fingerprint.S != $fingerprint'),
        Next: 'Other',
      },
      {
        Condition: jsonata('$exists($known.answer)'),
        Assign: { answer: jsonata('$known.answer.S') },
        Next: 'Answer',
      },
    ],
    Default: 'Busy',
  },
  Other: refuse(422, otherBody),
  Busy: refuse(409, stillRuns, { retryAfter: retryAfterSeconds }),
  Unavailable: refuse(503, cannotKeep),
};

/**
 * Returns the state machine that answers requests with an Idempotency-Key. The first with a key runs; its answer is kept for a day,
 * and is that of every other with the same body. Another body is 422, and 409 is said while the first runs. A request that failed
 * with 5xx, or was refused with 429, leaves the key to the next one.
 *
 * @param machines that it may start, by their names
 */
export function onceMachine(machines: readonly [string, ...string[]]): MachineSpec {
  return {
    name: onceMachineName,
    definition: {
      Comment: 'Answers requests with the same Idempotency-Key once.',
      QueryLanguage: 'JSONata',
      TimeoutSeconds: timeoutSeconds,
      StartAt: 'Check',
      States: states,
    },
    functions: [],
    links: [table(requestTable.name, { access: 'read-write' }), executions(...machines)],
    timeoutSeconds,
  };
}
