/** The item of a request with a key, each change one conditional request, so that of any number at once one runs. */

import type { TableRequest } from '../table-request.ts';

/** The table of requests with a key: one item each, until it expires. */
export const requestTable = {
  name: 'requests',
  purpose: 'requests with an Idempotency-Key, and their answers for a day',
  key: { name: 'id', type: 'S' },
  ttl: 'expires',
} as const;

/** How long an answer is kept, in seconds. */
export const keptSeconds = 86_400;

/** Which item, and who changes it. */
interface Which {
  readonly table: string;
  readonly id: string;
  /** The one request among all with the key that runs: its own id. */
  readonly claimant: string;
}

const isMine = '#claimant = :claimant';

/**
 * Claims a key. It is refused (ConditionalCheckFailedException) while another request has it; one that is over without an answer,
 * because it was killed, leaves the key to the same request. Claiming again what is one's own is no mistake: the first answer may
 * have been lost.
 *
 * @param fingerprint of the body, and whatever else makes two requests the same
 * @param now milliseconds since the epoch
 * @param nowSeconds the same in seconds
 * @param until when the request is over, whatever becomes of it, in milliseconds since the epoch
 * @param expires in seconds since the epoch
 */
export function claimRequest({
  table,
  id,
  claimant,
  fingerprint,
  now,
  nowSeconds,
  until,
  expires,
}: Which & {
  readonly fingerprint: string;
  readonly now: string;
  readonly nowSeconds: string;
  readonly until: string;
  readonly expires: string;
}): TableRequest {
  return {
    TableName: table,
    Item: {
      id: { S: id },
      claimant: { S: claimant },
      fingerprint: { S: fingerprint },
      endsBy: { N: until },
      expires: { N: expires },
    },
    ConditionExpression: `attribute_not_exists(id) OR expires <= :nowSeconds OR ${isMine} OR (attribute_not_exists(answer) AND endsBy <= :now AND fingerprint = :fingerprint)`,
    ExpressionAttributeNames: { '#claimant': 'claimant' },
    ExpressionAttributeValues: {
      ':now': { N: now },
      ':nowSeconds': { N: nowSeconds },
      ':claimant': { S: claimant },
      ':fingerprint': { S: fingerprint },
    },
  };
}

/** Keeps the answer of the request that has the key. */
export function keepAnswer({
  table,
  id,
  claimant,
  answer,
}: Which & { readonly answer: string }): TableRequest {
  return {
    TableName: table,
    Key: { id: { S: id } },
    UpdateExpression: 'SET answer = :answer',
    ConditionExpression: isMine,
    ExpressionAttributeNames: { '#claimant': 'claimant' },
    ExpressionAttributeValues: { ':answer': { S: answer }, ':claimant': { S: claimant } },
  };
}

/** Gives a key back: the request failed, and may be tried again. */
export function releaseRequest({ table, id, claimant }: Which): TableRequest {
  return {
    TableName: table,
    Key: { id: { S: id } },
    ConditionExpression: `${isMine} AND attribute_not_exists(answer)`,
    ExpressionAttributeNames: { '#claimant': 'claimant' },
    ExpressionAttributeValues: { ':claimant': { S: claimant } },
  };
}

/** Reads the item of a key that another request has. */
export function readRequest({ table, id }: Omit<Which, 'claimant'>): TableRequest {
  return { TableName: table, Key: { id: { S: id } }, ConsistentRead: true };
}
