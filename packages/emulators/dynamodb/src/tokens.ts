import { createHash } from 'node:crypto';
import type { Entries } from './entries.ts';
import { DynamoApiError, invalid } from './errors.ts';
import type { Json } from './json.ts';
import { tokenSpace } from './spaces.ts';

/** How long a token stands for its transaction, in milliseconds. */
const lifeMs = 10 * 60 * 1000;

/**
 * Tells whether a transaction with this token has been done; if not, it counts as done once its writes are kept.
 *
 * @throws {DynamoApiError} if the token is none, or was that of another transaction
 */
export function isRepeated(token: unknown, items: unknown, entries: Entries): boolean {
  if (typeof token !== 'string' || token.length < 1 || token.length > 36)
    throw invalid('ClientRequestToken must be a text of 1 to 36 characters');
  const request = createHash('sha256').update(JSON.stringify(items)).digest('hex');
  const known = entries.get(tokenSpace, token) as Json | undefined;
  if (known !== undefined && Date.now() - Number(known['at']) < lifeMs) {
    if (known['request'] === request) return true;
    throw new DynamoApiError(
      'IdempotentParameterMismatchException',
      'The parameters of this request are not those of the one with the same ClientRequestToken',
    );
  }
  entries.put(tokenSpace, token, { request, at: Date.now() });
  return false;
}

/** Forgets the transactions whose tokens stand for nothing any more. */
export function forgetTokens(entries: Entries, now: number): void {
  for (const { key, value } of [...entries.read(tokenSpace)])
    if (now - Number((value as Json)['at']) >= lifeMs) entries.remove(tokenSpace, key);
}
