import { describe, expect, it } from 'vitest';
import { CliError, explain, isCausedBy, messageOf, UsageError } from './errors.ts';

describe('explain', () => {
  it('lets our own errors speak for themselves', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(explain(new CliError('Do this.', { cause }))).toBe('Do this.');
  });

  it('says what to do about a connection that is refused', () => {
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED', name: 'Error' });
    const error = new AggregateError([refused], 'all addresses failed');
    expect(explain(error)).toBe(
      'all addresses failed\nNothing answers there. Start the local cloud with: npx -y pnpm@12 start',
    );
  });

  it.each([
    [
      Object.assign(new Error('no keys'), { name: 'CredentialsProviderError' }),
      'no keys\nGive AWS',
    ],
    [
      Object.assign(new Error('User: ada is not authorized to perform: x'), {
        name: 'AccessDeniedException',
      }),
      'perform: x\nThe credentials may not do this',
    ],
    [
      Object.assign(new Error('The token is expired'), { name: 'ExpiredTokenException' }),
      'is expired\nThe credentials have expired. Renew them',
    ],
    [
      Object.assign(new Error('The token is invalid'), { name: 'UnrecognizedClientException' }),
      'is invalid\nThese are no credentials',
    ],
    [new Error('Region is missing'), 'Region is missing\nSet AWS_REGION'],
    [new Error('plain'), 'plain'],
    [new TypeError('', { cause: new Error('below') }), 'below'],
    ['thrown text', 'thrown text'],
  ])('explains %s', (error, expected) => {
    expect(explain(error)).toMatch(expected);
  });
});

it('an error is told by its message alone, anything else by its text', () => {
  expect(messageOf(new TypeError('no such file'))).toBe('no such file');
  expect(messageOf('words')).toBe('words');
  expect(messageOf(undefined)).toBe('undefined');
});

describe('isCausedBy', () => {
  it('looks at causes, and stops where they turn in a circle', () => {
    const inner = new UsageError('inner');
    const outer = new Error('outer', { cause: inner });
    inner.cause = outer;
    expect(isCausedBy(outer, 'UsageError')).toBe(true);
    expect(isCausedBy(outer, 'RangeError')).toBe(false);
  });
});
