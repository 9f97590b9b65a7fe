import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
/** The same, asked by the API only. */
let twin: RunningS3;
let client: S3Client;
beforeAll(async () => {
  s3 = await startS3();
  twin = await startS3();
  client = twin.newClient({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
});
afterAll(async () => {
  client.destroy();
  await s3.remove();
  await twin.remove();
});

/** Sends what the SDK types as one operation's command, by the operation's name. */
const commands: Readonly<Record<string, (parameters: never) => GetObjectCommand>> = {
  GetObject: (parameters) => new GetObjectCommand(parameters),
  ListObjectsV2: (parameters) => new ListObjectsV2Command(parameters) as never,
  PutObject: (parameters) => new PutObjectCommand(parameters) as never,
};

/** Asks both ways, and gives what they answer, but for when that was. */
async function both(operation: string, parameters: object): Promise<[unknown, unknown]> {
  const call = s3.service.call(operation, { ...parameters });
  const here = await call?.().then(readable, failed);
  const command = commands[operation]?.(parameters as never);
  if (!command) throw new Error(`no command for ${operation}`);
  const there = await client.send(command).then(readable, failed);
  return [here, there];
}

async function readable({
  $metadata: _,
  Body,
  ...answer
}: object & { $metadata?: unknown; Body?: unknown }) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (Body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const given = Object.entries(answer).filter(([, value]) => value !== undefined);
  const text = JSON.stringify({ ...Object.fromEntries(given), body: `${Buffer.concat(chunks)}` });
  return JSON.parse(text.replaceAll(/"LastModified":"[^"]*"/g, '"LastModified":"then"'));
}

const failed = (error: { name: string; code?: string; message: string }) => [
  error.code ?? error.name,
  error.message,
];

it('answers as the API does', async () => {
  const key = fc.constantFrom('a', 'a/b', 'ä😀', 'x'.repeat(300), 'none');
  const etag = fc.constantFrom('*', '"d41d8cd98f00b204e9800998ecf8427e"', undefined);
  const asked = fc.record({
    operation: fc.constantFrom('GetObject', 'PutObject', 'ListObjectsV2'),
    Bucket: fc.constantFrom('box', 'box', 'box', 'none'),
    Key: key,
    IfMatch: etag,
    IfNoneMatch: fc.constantFrom('*', undefined),
    Body: fc.constantFrom('', 'some text'),
    ContentType: fc.constantFrom('text/plain', undefined),
    Prefix: fc.constantFrom('', 'a', undefined),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ operation, Key, Body, ContentType, Prefix, ...rest }) => {
      const { Bucket, ...ifs } = rest;
      const byOperation: Record<string, object> = {
        GetObject: { Bucket, Key, IfMatch: ifs.IfMatch },
        PutObject: { Bucket, Key, Body: Buffer.from(Body), ContentType, ...ifs },
        ListObjectsV2: { Bucket, Prefix },
      };
      const parameters = Object.fromEntries(
        Object.entries(byOperation[operation] ?? {}).filter(([, value]) => value !== undefined),
      );
      const [here, there] = await both(operation, parameters);
      expect(here).toMatchObject(there as object);
    }),
    { numRuns: 150 },
  );
});

it('leaves to the API what it does not know', () => {
  const ask = { Bucket: 'box', Key: 'a' };
  expect(s3.service.call('GetObject', { ...ask, Range: 'bytes=0-1' })).toBeUndefined();
  expect(s3.service.call('PutObject', { ...ask, Metadata: {} })).toBeUndefined();
  expect(s3.service.call('DeleteObject', ask)).toBeUndefined();
});

it('lists page by page', async () => {
  const bucket = await startS3();
  try {
    const put = (Key: string) => bucket.service.call('PutObject', { Bucket: 'box', Key })?.();
    await Promise.all(Array.from({ length: 1001 }, (_, index) => put(`${index}`)));
    const first = await bucket.service.call('ListObjectsV2', { Bucket: 'box' })?.();
    expect(first).toMatchObject({ KeyCount: 1000, IsTruncated: true });
    const ContinuationToken = String(first?.['NextContinuationToken']);
    const rest = { Bucket: 'box', ContinuationToken };
    expect(await bucket.service.call('ListObjectsV2', rest)?.()).toMatchObject({
      KeyCount: 1,
      IsTruncated: false,
      Contents: [{ Key: '999' }],
    });
  } finally {
    await bucket.remove();
  }
});
