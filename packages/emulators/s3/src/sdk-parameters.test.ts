import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationNames } from './routes.ts';
import { membersOf, parametersOf, requestOf, schemaNamed, schemaOf } from './testing/sdk-model.ts';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

/**
 * Every parameter of every operation, from the SDK's own model: each is honoured, which shows in the answer, or refused
 * by name. What an update of the SDK brings fails here until one of both is the case.
 */

const past = new Date(0).toUTCString();
const future = new Date(Date.UTC(2200, 0)).toUTCString();
const everyRead = { 'if-match': '"x"', 'if-none-match': '*' };

/** Values that must change the answer; of all that is not named here, the value `x` must be refused by name. */
const honoured: Readonly<Record<string, string>> = {
  ...everyRead,
  'if-modified-since': future,
  'if-unmodified-since': past,
  range: 'bytes=1-1',
  'cache-control': 'no-store',
  'content-disposition': 'inline',
  'content-encoding': 'gzip',
  'content-language': 'de',
  'content-md5': 'x',
  'content-type': 'text/x',
  expires: future,
  'x-amz-acl': 'public-read',
  'x-amz-bucket-object-lock-enabled': 'true',
  'x-amz-checksum-algorithm': 'SHA256',
  'x-amz-checksum-crc32': 'x',
  'x-amz-checksum-crc32c': 'x',
  'x-amz-checksum-crc64nvme': 'x',
  'x-amz-checksum-md5': 'x',
  'x-amz-checksum-mode': 'ENABLED',
  'x-amz-checksum-sha1': 'x',
  'x-amz-checksum-sha256': 'x',
  'x-amz-checksum-sha512': 'x',
  'x-amz-checksum-type': 'FULL_OBJECT',
  'x-amz-copy-source': 'box/none',
  'x-amz-copy-source-if-match': '"x"',
  'x-amz-copy-source-if-modified-since': future,
  'x-amz-copy-source-if-none-match': '*',
  'x-amz-copy-source-if-unmodified-since': past,
  'x-amz-copy-source-range': 'bytes=0-0',
  'x-amz-expected-bucket-owner': '111111111111',
  'x-amz-meta-': 'x',
  'x-amz-metadata-directive': 'COPY',
  'x-amz-mp-object-size': '1',
  'x-amz-object-ownership': 'ObjectWriter',
  'x-amz-request-payer': 'x',
  'x-amz-sdk-checksum-algorithm': 'CRC32',
  'x-amz-server-side-encryption': 'aws:kms',
  'x-amz-source-expected-bucket-owner': '111111111111',
  'x-amz-storage-class': 'GLACIER',
  'bucket-region': 'eu-central-1',
  'continuation-token': 'zz',
  delimiter: 'e',
  'encoding-type': 'url',
  'fetch-owner': 'true',
  marker: 'zz',
  'max-buckets': '1',
  'max-keys': '1',
  'max-parts': '0',
  'part-number-marker': '1',
  prefix: 'zz',
  'response-cache-control': 'no-store',
  'response-content-disposition': 'inline',
  'response-content-encoding': 'identity',
  'response-content-language': 'de',
  'response-content-type': 'text/x',
  'response-expires': future,
  'start-after': 'zz',
  uploadId: 'none',
  partNumber: '0',
};

/** Names that another operation understands, but which are to be refused by this one. */
const refused: readonly string[] = ['GetObject.partNumber', 'HeadObject.partNumber'];

/** The length of a body is what it is. */
const unprobed: ReadonlySet<string> = new Set(['content-length']);

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
  await s3.client.send(new CreateBucketCommand({ Bucket: 'another' }));
  for (const Key of ['ones', 'three']) {
    await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key, Body: 'content' }));
  }
});
afterAll(() => s3.remove());

interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Returns a new upload with one part. */
async function beginUpload(): Promise<{ uploadId: string; body: string }> {
  const begun = await ask('POST', '/box/whole', { query: { uploads: '' } });
  const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(begun)?.[1] ?? '';
  return { uploadId, body: await sendPart(uploadId) };
}

async function sendPart(uploadId: string): Promise<string> {
  const part = await ask('PUT', '/box/whole', {
    query: { uploadId, partNumber: '1' },
    body: 'part',
  });
  const etag = /etag: "(.*)"/.exec(part)?.[1];
  return `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
}

/** Returns the request of each operation without the parameter in question. */
async function base(operation: string): Promise<{ path: string } & Call> {
  const source = { 'x-amz-copy-source': 'box/ones' };
  switch (operation) {
    case 'ListBuckets':
      return { path: '/' };
    case 'DeleteBucket':
      return { path: '/none' };
    case 'DeleteObjects':
      return { path: '/box', body: '<Delete><Object><Key>none</Key></Object></Delete>' };
    case 'CopyObject':
      return {
        path: '/box/copy',
        headers: { ...source, 'x-amz-metadata-directive': 'REPLACE' },
      };
    case 'PutObject':
      return { path: '/box/put', body: 'content' };
    case 'CreateMultipartUpload':
      return { path: '/box/whole' };
    case 'UploadPart':
    case 'UploadPartCopy':
    case 'ListParts':
    case 'AbortMultipartUpload':
    case 'CompleteMultipartUpload': {
      const { uploadId, body } = await beginUpload();
      return {
        path: '/box/whole',
        query: { uploadId, ...(operation.startsWith('UploadPart') && { partNumber: '1' }) },
        ...(operation === 'UploadPartCopy' && { headers: source }),
        ...(operation === 'UploadPart' && { body: 'part' }),
        ...(operation === 'CompleteMultipartUpload' && { body }),
      };
    }
    case 'DeleteObject':
      return { path: '/box/none' };
    case 'GetObject':
    case 'HeadObject':
      return { path: '/box/ones' };
    default:
      return { path: '/box' };
  }
}

/** Answers as text, without what differs from one to the next. */
async function ask(method: string, path: string, call: Call): Promise<string> {
  const search = new URLSearchParams(call.query).toString();
  const { headers = {}, body } = call;
  const answer = await s3.fetch(search === '' ? path : `${path}?${search}`, {
    method,
    headers,
    ...(body && { body }),
  });
  const fields = [...answer.headers].filter(
    ([name]) => !/^(?:date|x-amz-request-id|last-modified)$/.test(name),
  );
  const text = `${answer.status}\n${fields.map((field) => field.join(': ')).join('\n')}\n${await answer.text()}`;
  return text.replaceAll(/<(RequestId|LastModified)>.*?<\/\1>/g, '');
}

/** The answer to an operation and, of a write, the object that came of it. */
async function outcome(operation: string, added: Call): Promise<string> {
  const { method, query: fixed } = requestOf(operation);
  const { path, headers, query, body } = await base(operation);
  const call = {
    headers: { ...headers, ...added.headers },
    query: { ...fixed, ...query, ...added.query },
    ...(body !== undefined && { body }),
  };
  const answer = await ask(method, path, call);
  const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(answer)?.[1];
  if (operation === 'CreateMultipartUpload' && uploadId !== undefined) {
    await ask('POST', path, { query: { uploadId }, body: await sendPart(uploadId) });
  }
  const written = await ask('HEAD', path, { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
  const all = /^(?:Put|Copy|CreateMulti)/.test(operation) ? `${answer}\n${written}` : answer;
  return all.replaceAll(/<UploadId>.*?<\/UploadId>|[0-9a-f]{32}(?=<)/g, '');
}

describe.each(operationNames)('%s', (operation) => {
  const parameters = parametersOf(operation).filter(
    ({ kind, wire }) => /header|query|prefix/.test(kind) && !unprobed.has(wire.toLowerCase()),
  );

  it('is answered as before when nothing is added', async () => {
    expect(await outcome(operation, {})).toBe(await outcome(operation, {}));
  });

  it.each(parameters)('honours $member ($wire) or refuses it by name', async ({ kind, wire }) => {
    const name = kind === 'query' ? wire : wire.toLowerCase();
    const isRefused = refused.includes(`${operation}.${wire}`) || honoured[name] === undefined;
    const value = honoured[name] ?? 'x';
    const added =
      kind === 'query'
        ? { query: { [name]: value } }
        : { headers: { [kind === 'prefix' ? `${name}x` : name]: value } };
    const without = await outcome(operation, {});
    const answer = await outcome(operation, added);
    if (!isRefused) {
      expect(answer).not.toBe(without);
    } else if (operation.startsWith('Head')) {
      expect(answer).toMatch(/^501\n/);
    } else {
      expect(answer).toMatch(/^501\n/);
      expect(answer.toLowerCase()).toContain(name.toLowerCase());
    }
  });
});

describe('the documents', () => {
  /** Elements that are understood, by the structure they are in; every other must be refused by name. */
  const elements: Readonly<Record<string, readonly string[]>> = {
    CreateBucketConfiguration: ['LocationConstraint'],
    Delete: ['Objects', 'Quiet'],
    ObjectIdentifier: ['Key'],
    CompletedMultipartUpload: ['Parts'],
    CompletedPart: [
      'ETag',
      'PartNumber',
      'ChecksumCRC32',
      'ChecksumCRC32C',
      'ChecksumCRC64NVME',
      'ChecksumSHA1',
      'ChecksumSHA256',
      'ChecksumSHA512',
      'ChecksumMD5',
    ],
  };
  const wrapped: Readonly<Record<string, (inner: string) => [string, string]>> = {
    CreateBucketConfiguration: (inner) => [
      'CreateBucket',
      `<CreateBucketConfiguration>${inner}</CreateBucketConfiguration>`,
    ],
    Delete: (inner) => [
      'DeleteObjects',
      `<Delete><Object><Key>none</Key></Object>${inner}</Delete>`,
    ],
    ObjectIdentifier: (inner) => [
      'DeleteObjects',
      `<Delete><Object><Key>none</Key>${inner}</Object></Delete>`,
    ],
    CompletedMultipartUpload: (inner) => [
      'CompleteMultipartUpload',
      `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>${inner}</CompleteMultipartUpload>`,
    ],
    CompletedPart: (inner) => [
      'CompleteMultipartUpload',
      `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${'0'.repeat(32)}</ETag>${inner}</Part></CompleteMultipartUpload>`,
    ],
  };

  it('are all looked at', () => {
    const documents = operationNames.flatMap((operation) =>
      parametersOf(operation)
        .filter(({ kind }) => kind === 'document')
        .map(({ type }) => schemaOf(type)[2]),
    );
    expect(documents.every((name) => Object.hasOwn(elements, String(name)))).toBe(true);
    expect(documents).toHaveLength(3);
  });

  const unknown = Object.entries(elements).flatMap(([structure, understood]) =>
    membersOf(schemaNamed(structure))
      .map(([member]) => member)
      .filter((member) => !understood.includes(member))
      .map((member) => ({ structure, member })),
  );

  it.each(unknown)('$structure with $member is refused by name', async ({ structure, member }) => {
    const [operation = '', body = ''] = wrapped[structure]?.(`<${member}>x</${member}>`) ?? [];
    const { method, query: fixed } = requestOf(operation);
    const { path, query } = await base(operation);
    const answer = await ask(method, path, { query: { ...fixed, ...query }, body });
    expect(answer).toMatch(/^501\n/);
    expect(answer).toContain(`the element ${member}`);
  });
});
