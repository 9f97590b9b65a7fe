import { describe, expect, it } from 'vitest';
import { readService } from './env.ts';
import { OptionError } from './errors.ts';

describe('readService', () => {
  it('is the URL, and the key if there is one', () => {
    const CHORUS_API_URL = 'https://x.execute-api.us-east-1.amazonaws.com/live/';
    expect(readService({ CHORUS_API_URL, CHORUS_API_KEY: 'k' })).toEqual({
      url: CHORUS_API_URL,
      key: 'k',
    });
    expect(readService({ CHORUS_API_URL, CHORUS_API_KEY: '' }).key).toBeUndefined();
  });

  it.each([[{}], [{ CHORUS_API_URL: '' }], [{ CHORUS_API_URL: 'example' }]])(
    'refuses %j',
    (variables) => {
      expect(() => readService(variables)).toThrow(OptionError);
      expect(() => readService(variables)).toThrow('CHORUS_API_URL: expected the output ApiUrl');
    },
  );
});
