/**
 * The changes of an item, each one conditional request of DynamoDB, so that any number of requests at once agree on what
 * happened. Numbers are texts, as DynamoDB takes them: digits, or an expression of a state machine that makes them.
 */

import type { TableRequest } from '../table-request.ts';
import { keyOf } from './table.ts';

/** Which item. */
interface Which {
  readonly table: string;
  readonly target: string;
}

/** The item is there, and either its breaker is closed, or open and this request has the turn to try. */
const closedOrMine = 'failures < :most OR retryAt = :turn';

/**
 * Counts a failure. The one that makes them `most` opens the breaker until `retryAt`; those of requests that were in flight then
 * change nothing more. One of the request that tries opens it again. The request is refused
 * (ConditionalCheckFailedException) when there is nothing to change.
 *
 * @param failures `1`; or `0` of a try that found out nothing, which hands the turn on with a `retryAt` of now
 * @param turn that this request took, else `0`
 * @param retryAt milliseconds since the epoch
 * @param expires seconds since the epoch
 */
export function countFailure({
  table,
  target,
  failures,
  most,
  turn,
  retryAt,
  expires,
}: Which & {
  readonly failures: string;
  readonly most: number;
  readonly turn: string;
  readonly retryAt: string;
  readonly expires: string;
}): TableRequest {
  return {
    TableName: table,
    Key: keyOf(target),
    UpdateExpression: 'SET retryAt = :retryAt, expires = :expires ADD failures :failures',
    ConditionExpression: `attribute_not_exists(failures) OR ${closedOrMine}`,
    ExpressionAttributeValues: {
      ':failures': { N: failures },
      ':most': { N: String(most) },
      ':turn': { N: turn },
      ':retryAt': { N: retryAt },
      ':expires': { N: expires },
    },
  };
}

/**
 * Takes the turn to try a target whose breaker is half-open. Of all requests that read the same `retryAt` one succeeds. The
 * turn ends at the time that is its name, so that a request that is killed hands it on.
 *
 * @param retryAt as it was read
 * @param turn when it ends, in milliseconds since the epoch: later than `retryAt`
 */
export function takeTurn({
  table,
  target,
  retryAt,
  turn,
  expires,
}: Which & {
  readonly retryAt: string;
  readonly turn: string;
  readonly expires: string;
}): TableRequest {
  return {
    TableName: table,
    Key: keyOf(target),
    UpdateExpression: 'SET retryAt = :turn, expires = :expires',
    ConditionExpression: 'retryAt = :retryAt',
    ExpressionAttributeValues: {
      ':retryAt': { N: retryAt },
      ':turn': { N: turn },
      ':expires': { N: expires },
    },
  };
}

/**
 * Closes a breaker: the target has answered. It takes back the failures before it opens, and opens nothing that was found
 * broken since the request was sent: then only the request that tries may close it.
 *
 * @param turn that this request took, else `0`
 */
export function close({
  table,
  target,
  most,
  turn,
}: Which & { readonly most: number; readonly turn: string }): TableRequest {
  return {
    TableName: table,
    Key: keyOf(target),
    ConditionExpression: closedOrMine,
    ExpressionAttributeValues: { ':most': { N: String(most) }, ':turn': { N: turn } },
  };
}
