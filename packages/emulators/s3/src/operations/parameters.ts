import { S3Error } from '../errors.ts';

/** A count such as `max-keys`, at most `limit`. @throws {S3Error} InvalidArgument */
export function countParameter(
  query: URLSearchParams,
  name: string,
  limit: number,
  absent: number = limit,
): number {
  const text = query.get(name);
  if (text === null || text === '') return absent;
  if (!/^\d{1,10}$/.test(text)) {
    throw new S3Error('InvalidArgument', `${name} must be a whole number, not "${text}".`, {
      ArgumentName: name,
      ArgumentValue: text,
    });
  }
  return Math.min(Number(text), limit);
}

/** `true` or `false`, which is also what absence means. @throws {S3Error} InvalidArgument */
export function flagParameter(query: URLSearchParams, name: string): boolean {
  const text = query.get(name) ?? '';
  if (text === '' || text === 'true' || text === 'false') return text === 'true';
  throw new S3Error('InvalidArgument', `${name} must be true or false, not "${text}".`, {
    ArgumentName: name,
    ArgumentValue: text,
  });
}

/** `encoding-type`, which can only be `url`. @throws {S3Error} InvalidArgument */
export function encodingType(query: URLSearchParams): 'url' | undefined {
  const value = query.get('encoding-type');
  if (value === null || value === '') return undefined;
  if (value === 'url') return value;
  throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
    ArgumentName: 'encoding-type',
    ArgumentValue: value,
  });
}
