import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { InfraError } from './errors.ts';
import { failureText } from './failure-text.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

it.each([
  ['CredentialsProviderError', 'Could not load credentials from any providers', 'AWS_PROFILE'],
  ['ExpiredToken', 'The security token included in the request is expired', 'sign in again'],
  ['ExpiredTokenException', '', 'sign in again'],
  ['InvalidClientTokenId', 'The security token is invalid', 'get-caller-identity'],
  ['UnrecognizedClientException', 'The security token is invalid', 'get-caller-identity'],
  ['SignatureDoesNotMatch', 'The request signature does not match', 'get-caller-identity'],
])('%s says what to do, and what was said', (name, message, remedy) => {
  expect(failureText(named(name, message))).toContain(remedy);
  expect(failureText(named(name, message))).toContain(message);
});

it('of this package is as it was written', () => {
  expect(failureText(new InfraError('the stage has no such thing'))).toBe(
    'the stage has no such thing',
  );
  expect(failureText('a text')).toBe('a text');
});

it('without a message is not empty', async () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  expect(failureText(refused)).toBe('AWS cannot be reached: ECONNREFUSED');
  // Nothing listens at the port of discard.
  const sts = new STSClient({
    region: 'us-east-1',
    endpoint: 'http://localhost:9',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const thrown = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => error);
  expect(failureText(thrown)).toContain('ECONNREFUSED');
  sts.destroy();
});
