import { S3Error } from '../errors.ts';

type Headers = Readonly<Record<string, string>>;

const storedHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

const maxMetadataBytes = 2048;

/** Returns the headers of a write that are kept with the object and given back with it. */
export function objectHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of storedHeaders) {
    const value = name === 'content-encoding' ? contentEncoding(headers) : headers[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
}

/** User metadata of a write, names without `x-amz-meta-`. @throws {S3Error} MetadataTooLarge */
export function userMetadata(headers: Headers): Record<string, string> {
  const prefix = 'x-amz-meta-';
  const metadata = Object.entries(headers)
    .filter(([header]) => header.startsWith(prefix))
    .map(([header, value]): [string, string] => [header.slice(prefix.length), value]);
  const bytes = metadata.flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > maxMetadataBytes) throw new S3Error('MetadataTooLarge');
  return Object.fromEntries(metadata);
}

/** `aws-chunked` is how the body travelled, not how the object is encoded. */
function contentEncoding(headers: Headers): string | undefined {
  return headers['content-encoding']
    ?.split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== 'aws-chunked')
    .join(', ');
}
