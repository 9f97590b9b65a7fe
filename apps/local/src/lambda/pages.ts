import { invalidParameter } from './errors.ts';

/** Most entries of one page, as AWS has it. */
const largestPage = 50;

/**
 * One page of a list, by the request's `Marker` and `MaxItems`.
 *
 * @param name what the answer calls the list: `Versions`
 * @throws {LambdaError} InvalidParameterValueException
 */
export function page(
  name: string,
  all: readonly unknown[],
  query: URLSearchParams,
): Record<string, unknown> {
  const start = Number(query.get('Marker') ?? 0);
  const size = Number(query.get('MaxItems') ?? largestPage);
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(size) || size < 1)
    throw invalidParameter('Marker must be one that an earlier answer gave, MaxItems 1 or more');
  const end = start + Math.min(size, largestPage);
  return {
    [name]: all.slice(start, end),
    ...(end < all.length && { NextMarker: String(end) }),
  };
}
