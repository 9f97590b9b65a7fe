import { StatesApiError } from './errors.ts';

/** Entries of a page when none are asked for, or 0, as AWS has it. */
export const usualPage = 100;

interface Page<Of> {
  readonly entries: readonly Of[];
  readonly nextToken?: string;
}

/** Returns the token of a page that begins at a number. */
export const tokenOf = (start: number): string =>
  Buffer.from(`from ${start}`).toString('base64url');

/**
 * One page of a list.
 *
 * @throws {StatesApiError} InvalidToken unless the token is that of an earlier page
 */
export function page<Of>(all: readonly Of[], maxResults = 0, nextToken?: string): Page<Of> {
  const start = nextToken === undefined ? 0 : startOf(nextToken);
  const end = start + (maxResults || usualPage);
  return {
    entries: all.slice(start, end),
    ...(end < all.length && { nextToken: tokenOf(end) }),
  };
}

/**
 * Returns the number that a page begins at.
 *
 * @throws {StatesApiError} InvalidToken unless the token is that of an earlier page
 */
export function startOf(token: string): number {
  const start = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined || tokenOf(Number(start)) !== token)
    throw new StatesApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(start);
}
