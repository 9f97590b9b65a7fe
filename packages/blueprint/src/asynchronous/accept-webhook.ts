import { jsonata } from '../jsonata.ts';
import { tableVariable } from '../names.ts';
import type { State, States } from '../outcome.ts';
import { caught, retry, unavailable } from './accept-tasks.ts';
import { webhookQuery } from './choose-machine.ts';
import { webhooksTable } from './names.ts';

/** A URL as it may be looked up: longer ones are no key of DynamoDB, and what is not ASCII has to be escaped in a URL. */
const lookedUp = '/^https?:\\/\\/[!-~]{1,2000}$/';

/** Looks for the URL, without its query, among those that are registered. Of the item, which has a secret, only the URL is read. */
const find = (next: string, refuse: string): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::dynamodb:getItem',
  Arguments: {
    TableName: `\${${tableVariable(webhooksTable)}}`,
    Key: { url: { S: jsonata('$substringBefore($webhook, "?")') } },
    ProjectionExpression: '#url',
    ExpressionAttributeNames: { '#url': 'url' },
    ConsistentRead: true,
  },
  TimeoutSeconds: 3,
  Retry: retry,
  Catch: [caught(['States.ALL'], 503, unavailable, refuse)],
  Assign: { isRegistered: jsonata('$exists($states.result.Item)') },
  Output: {},
  Next: next,
});

/**
 * Returns the states that judge the URL which is to be told of the answer, from `Webhook` on. Its origin and path have to be
 * registered, to the letter; its query is free.
 *
 * @param next the state that follows if there is none, or if it is registered
 * @param refuse the state that answers with the variable `refusal`
 */
export function webhookStates(next: string, refuse: string): States {
  return {
    Webhook: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata('$webhook = ""'), Next: next },
        { Condition: jsonata(`$contains($webhook, ${lookedUp})`), Next: 'Find webhook' },
      ],
      Default: 'Unknown webhook',
    },
    'Find webhook': find('Is it registered', refuse),
    'Is it registered': {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$isRegistered'), Next: next }],
      Default: 'Unknown webhook',
    },
    'Unknown webhook': {
      Type: 'Pass',
      Assign: {
        refusal: {
          statusCode: 400,
          error: `${webhookQuery}: this URL is not registered; its scheme, host and path have to be, letter by letter (chorus webhooks add), and its query percent-encoded`,
        },
      },
      Output: {},
      Next: refuse,
    },
  };
}
