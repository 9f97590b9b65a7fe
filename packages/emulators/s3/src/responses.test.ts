import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

/** RFC 9110, section 8.6: an answer 204 has no Content-Length, and every other one without a body has that of 0. */
it.each([
  ['PUT', '/box/k', 200, '0'],
  ['HEAD', '/box', 200, '0'],
  ['DELETE', '/box/k', 204, null],
])('an answer to %s %s without a body, %i, says its length as %s', async (...expected) => {
  const [method, path, status, length] = expected;
  const answer = await s3.fetch(path, { method });
  expect([answer.status, answer.headers.get('content-length')]).toEqual([status, length]);
  expect(answer.headers.get('transfer-encoding')).toBeNull();
});
