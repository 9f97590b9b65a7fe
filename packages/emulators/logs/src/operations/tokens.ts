import { invalid } from '../errors.ts';

/** Returns what a token stands for. @throws {AwsApiError} InvalidParameterException unless it is that of an earlier answer */
export function readToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch (cause) {
    throw badToken(cause);
  }
}

export const writeToken = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

export const badToken = (cause?: unknown): Error =>
  invalid('The specified nextToken is invalid.', cause);

/** One page of a list that is sorted by name. @throws {AwsApiError} InvalidParameterException */
export function pageOf<Of extends { readonly name: string }>(
  all: readonly Of[],
  limit: number,
  token: string | undefined,
): { readonly entries: readonly Of[]; readonly nextToken?: string } {
  const after = token === undefined ? undefined : readToken(token);
  const index = all.findIndex(({ name }) => name === after);
  if (after !== undefined && index === -1) throw badToken();
  const entries = all.slice(index + 1, index + 1 + limit);
  const last = entries.at(-1);
  const isMore = index + 1 + limit < all.length && last !== undefined;
  return { entries, ...(isMore && { nextToken: writeToken(last.name) }) };
}
