import { invalidParameter, invalidValue } from './errors.ts';

/** Most entries of one page, as AWS has it. */
const largestPage = 50;

/** Largest `MaxItems` that AWS takes; the page is no longer for it. */
const largestMaxItems = 10_000;

function sizeOf(maxItems: string | null): number {
  if (maxItems === null) return largestPage;
  const size = /^-?\d+$/.test(maxItems) ? Number(maxItems) : Number.NaN;
  if (!(size >= 1)) throw invalidValue('maxItems', maxItems, 'value greater than or equal to 1');
  if (size > largestMaxItems)
    throw invalidValue('maxItems', maxItems, `value less than or equal to ${largestMaxItems}`);
  return Math.min(size, largestPage);
}

/**
 * One page of a list, by the request's `Marker` and `MaxItems`.
 *
 * @param name what the answer calls the list: `Versions`
 * @throws {LambdaError} ValidationException, InvalidParameterValueException
 */
export function page(
  name: string,
  all: readonly unknown[],
  query: URLSearchParams,
): Record<string, unknown> {
  const marker = query.get('Marker') ?? '0';
  if (!/^\d{1,9}$/.test(marker))
    throw invalidParameter(
      `Marker must be the NextMarker of an earlier answer, got ${JSON.stringify(marker)}`,
    );
  const start = Number(marker);
  const end = start + sizeOf(query.get('MaxItems'));
  return {
    [name]: all.slice(start, end),
    ...(end < all.length && { NextMarker: String(end) }),
  };
}
