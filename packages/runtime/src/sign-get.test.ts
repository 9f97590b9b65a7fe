import { Sha256 } from '@chorus/emulator-aws/testing';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signGet } from './sign-get.ts';

describe('the signature of a GET', () => {
  it('is the one that AWS’s own library makes, for any key, credentials and time', async () => {
    const text = fc.stringMatching(/^[\w/+=-]{1,40}$/);
    const segment = fc.stringMatching(/^[A-Za-z0-9_~-]{1,12}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          accessKeyId: fc.stringMatching(/^[A-Z0-9]{4,20}$/),
          secretAccessKey: text,
          sessionToken: fc.option(text, { nil: undefined }),
          region: fc.constantFrom('us-east-1', 'eu-central-1'),
          path: fc.array(fc.oneof(segment, fc.constant('a%20b%2Bc')), { minLength: 1 }),
          port: fc.integer({ min: 1024, max: 65_535 }),
          date: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01') }),
        }),
        async ({ accessKeyId, secretAccessKey, sessionToken, region, path, port, date }) => {
          fc.pre(!Number.isNaN(date.getTime()));
          const credentials = {
            accessKeyId,
            secretAccessKey,
            ...(sessionToken !== undefined && { sessionToken }),
          };
          const url = new URL(`http://127.0.0.1:${port}/${path.join('/')}`);
          const theirs = await new SignatureV4({
            credentials,
            region,
            service: 's3',
            sha256: Sha256,
            uriEscapePath: false,
          }).sign(
            {
              method: 'GET',
              protocol: 'http:',
              hostname: url.hostname,
              path: url.pathname,
              headers: { host: url.host },
            },
            { signingDate: date },
          );
          expect(signGet({ url, region, credentials, date })).toEqual(theirs.headers);
        },
      ),
    );
  });
});
