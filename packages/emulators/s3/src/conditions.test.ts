import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from './testing/start-s3.ts';

describe('conditions of reads', () => {
  it('take a date to the second, as it is told', async () => {
    const date = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
    const dated = await startS3({ now: () => date.getTime() + 400 });
    const key = { Bucket: 'box', Key: 'k' };
    await dated.client.send(new PutObjectCommand({ ...key, Body: 'x' }));
    const ask = (more: object) =>
      dated.client.send(new HeadObjectCommand({ ...key, ...more })).then(
        () => 200,
        (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode,
      );
    const before = new Date(date.getTime() - 1000);
    expect(await ask({ IfUnmodifiedSince: date })).toBe(200);
    expect(await ask({ IfUnmodifiedSince: before })).toBe(412);
    expect(await ask({ IfModifiedSince: date })).toBe(304);
    expect(await ask({ IfModifiedSince: before })).toBe(200);
    await dated.remove();
  });
});
