import { invalid } from './errors.ts';

const tokenOf = (name: string): string => Buffer.from(`after ${name}`).toString('base64url');

function nameOf(token: string): string {
  const name = /^after (?<name>.+)$/.exec(Buffer.from(token, 'base64url').toString())?.groups?.[
    'name'
  ];
  if (name === undefined || tokenOf(name) !== token)
    throw invalid('NextToken must be that of an earlier answer');
  return name;
}

/**
 * One page of a list that is sorted by name.
 *
 * @throws {AwsApiError} ValidationException unless the token is that of an earlier page
 */
export function page<Of extends { readonly Name: string }>(
  all: readonly Of[],
  limit = 100,
  nextToken?: string,
): { readonly entries: readonly Of[]; readonly NextToken?: string } {
  const after = nextToken === undefined ? '' : nameOf(nextToken);
  const rest = all.filter(({ Name }) => Name > after);
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  return {
    entries,
    ...(rest.length > limit && last !== undefined && { NextToken: tokenOf(last.Name) }),
  };
}

/** Sorts by name, as pages go on by it. */
export const byName = (
  { Name: one }: { readonly Name: string },
  { Name: other }: { readonly Name: string },
): number => (one < other ? -1 : one > other ? 1 : 0);
