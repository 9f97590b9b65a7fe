import type { TableRequest } from '../table-request.ts';

/** The table of breakers: one item for each target that has failed lately, all in one partition, so that one query reads them. */
export const breakerTable = {
  name: 'breakers',
  purpose: 'which models have failed lately, and until when they are not asked',
  key: { name: 'of', type: 'S' },
  sort: { name: 'target', type: 'S' },
  ttl: 'expires',
} as const;

/** The one partition. */
const partition = { S: 'all' };

/** An item's key. */
export const keyOf = (target: string): TableRequest => ({ of: partition, target: { S: target } });

/** How long an item stays that nothing changes, in seconds: the target may be gone for good. */
export const expirySeconds = 86_400;

/** The query that reads every target that has failed lately. A read that lags a little lets a few requests more through. */
export function readBreakers(table: string): TableRequest {
  return {
    TableName: table,
    KeyConditionExpression: '#of = :of',
    ExpressionAttributeNames: { '#of': 'of' },
    ExpressionAttributeValues: { ':of': partition },
  };
}
