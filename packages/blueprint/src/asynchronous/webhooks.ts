/** What tells URLs of the ends of requests that are answered later. */

import { task } from '../functions.ts';
import { jsonata } from '../jsonata.ts';
import { queue } from '../links/queue.ts';
import { table } from '../links/table.ts';
import type { BusSpec } from '../messaging.ts';
import { queueVariable, substitutionKey } from '../names.ts';
import type { State } from '../outcome.ts';
import type { FunctionSpec, MachineSpec, TableSpec } from '../types.ts';
import {
  deadLettersQueue,
  predictionsBus,
  predictionsTable,
  unreadableQueue,
  webhookMachineName,
  webhooksTable,
} from './names.ts';

/** Longer than all waits between attempts together, and what they take. */
const timeoutSeconds = 3 * 24 * 60 * 60;

/** Errors that another attempt does not change: the receiver wants no more, or may not be called. */
const final = ['WebhookGoneError', 'WebhookRefusedError'];

/** Nine more attempts, after up to 5 and 30 s, 3 and 18 min, 1.8 h and then 4 h each: 18 hours at most, half of that on average. */
const retry: readonly State[] = [
  { ErrorEquals: final, MaxAttempts: 0 },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 5,
    BackoffRate: 6,
    MaxAttempts: 9,
    MaxDelaySeconds: 4 * 60 * 60,
    JitterStrategy: 'FULL',
  },
];

/** Calls the URL of a request. It has ten seconds to answer. */
export const callWebhook: FunctionSpec = task('call-webhook', {
  timeoutSeconds: 20,
  memoryMb: 256,
  links: [
    table(predictionsTable, { access: 'read-write' }),
    table(webhooksTable, { access: 'read' }),
  ],
});

export const webhooks: TableSpec = {
  name: webhooksTable,
  purpose: 'the URLs that may be told of answers, and the secrets that sign what they are told',
  key: { name: 'url', type: 'S' },
};

/**
 * JSONata of an error's name and message. A function's error has its message within a JSON text, beside a stack of no use here. It
 * is found without reading the JSON, which may be cut off: nothing here may fail before the letter is sent.
 */
const failureText = `(
  $cause := $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "";
  $message := $match($cause, /"errorMessage":"((?:\\\\.|[^\\\\"])*)"/)[0].groups[0];
  $states.errorOutput.Error & ": " & $substring($exists($message) ? $message : $cause, 0, 1000)
)`;

/** The letter of a URL that could not be told: what `chorus dlq` reads. */
const letter = {
  id: jsonata('"webhook-" & $ended.id'),
  workflow: jsonata('$ended.workflow'),
  replays: jsonata('$ended.replays'),
  webhook: true,
  input: jsonata('$ended'),
  statusCode: 502,
  error: jsonata('$failure'),
  attempts: jsonata('$attempts'),
  failedAt: jsonata('$now()'),
};

/**
 * The state machine that tells a URL of the end of a request, from the event of it on. What could not be told for good is a dead
 * letter.
 */
export const webhookMachine: MachineSpec = {
  name: webhookMachineName,
  type: 'standard',
  definition: {
    Comment: 'Tells a URL of the answer of a request.',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: timeoutSeconds,
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: {
          FunctionName: `\${${substitutionKey(callWebhook.name)}}`,
          Payload: {
            id: jsonata('$states.input.detail.id'),
            replays: jsonata('$states.input.detail.replays'),
          },
        },
        Retry: retry,
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: {
              ended: jsonata('$states.input.detail'),
              attempts: jsonata('$states.context.State.RetryCount + 1'),
              failure: jsonata(failureText),
            },
            Output: {},
            Next: 'Bury',
          },
        ],
        Output: jsonata('$states.result.Payload'),
        End: true,
      },
      Bury: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Arguments: {
          QueueUrl: `\${${queueVariable(deadLettersQueue)}}`,
          MessageBody: letter,
          MessageGroupId: jsonata('"webhook-" & $ended.id'),
          // A letter that is replayed and fails again within five minutes is another one.
          MessageDeduplicationId: jsonata('$states.context.Execution.Name'),
        },
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 2,
            BackoffRate: 2,
            MaxAttempts: 12,
            MaxDelaySeconds: 3600,
            JitterStrategy: 'FULL',
          },
        ],
        Next: 'Not told',
      },
      'Not told': {
        Type: 'Fail',
        Error: 'WebhookNotToldError',
        Cause: 'the URL could not be told; its dead letter can be replayed: chorus dlq list',
      },
    },
  },
  functions: [callWebhook],
  links: [queue(deadLettersQueue, { access: 'send' })],
  timeoutSeconds,
};

/** The bus of the ends of requests, and the rule that starts the machine for those that have a webhook. */
export const predictionsBusSpec: BusSpec = {
  name: predictionsBus,
  purpose: 'the ends of requests that were answered later, without what was asked or answered',
  rules: [
    {
      name: webhookMachineName,
      pattern: { source: ['chorus.predictions'], detail: { webhook: [true] } },
      target: { workflow: webhookMachineName },
      deadLetters: { queue: unreadableQueue },
    },
  ],
};
