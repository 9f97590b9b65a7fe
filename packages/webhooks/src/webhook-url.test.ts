import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRegisteredUrl, parseWebhookUrl, WebhookUrlError } from './index.ts';

const onAws = { isLocal: false };
const here = { isLocal: true };

describe('a URL is registered', () => {
  it.each([
    ['https://hooks.example.com/a', 'https://hooks.example.com/a'],
    ['https://hooks.example.com', 'https://hooks.example.com/'],
    ['HTTPS://Hooks.Example.com:443/A/../b', 'https://hooks.example.com/b'],
    ['https://8.8.8.8:8443/', 'https://8.8.8.8:8443/'],
  ])('%s as %s', (text, as) => {
    expect(parseRegisteredUrl(text, onAws)).toBe(as);
    expect(parseRegisteredUrl(as, onAws)).toBe(as);
  });

  it.each(['http://127.0.0.1:9000/a', 'http://localhost/', 'https://localhost/', 'http://[::1]/'])(
    'on the local cloud alone: %s',
    (text) => {
      expect(parseRegisteredUrl(text, here)).toBe(text);
      expect(() => parseRegisteredUrl(text, onAws)).toThrow('on this machine');
    },
  );
});

describe('a URL is refused', () => {
  it.each([
    ['hooks.example.com/a', 'it is no URL'],
    ['', 'it is no URL'],
    ['http://hooks.example.com/a', 'begin with https://'],
    ['ftp://hooks.example.com/a', 'begin with https://'],
    ['file:///etc/passwd', 'begin with https://'],
    ['https://name@hooks.example.com/a', 'a name or a password'],
    ['https://:secret@hooks.example.com/a', 'a name or a password'],
    ['https://hooks.example.com/a#b', 'a fragment'],
    ['https://hooks.example.com/a#', 'a fragment'],
    [`https://hooks.example.com/${'a'.repeat(2000)}`, 'more than 2000 characters'],
    ['https://10.0.0.1/', '10.0.0.1 is no public address'],
    ['https://0x0a000001/', '10.0.0.1 is no public address'],
    ['https://169.254.169.254/latest/meta-data', 'no public address'],
    ['https://[::ffff:127.0.0.1]/', 'no public address'],
    ['https://hooks.example.com/a?b=1', 'leave its query out'],
    ['https://hooks.example.com/a?', 'leave its query out'],
  ])('%s: %s', (text, why) => {
    for (const rules of [onAws, here])
      expect(() => parseRegisteredUrl(text, rules)).toThrow(
        expect.objectContaining({ name: 'WebhookUrlError', message: expect.stringContaining(why) }),
      );
  });

  it('or is one, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'https://', 'https://a.test/'), (end, start) => {
        const text = start + end;
        try {
          expect(parseWebhookUrl(text, onAws).protocol).toBe('https:');
        } catch (error) {
          expect(error).toBeInstanceOf(WebhookUrlError);
        }
      }),
    );
  });
});

it('with a query of a request goes to the host and path that are registered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (query) => {
      const registered = 'https://hooks.example.com:8443/a/b';
      const text = `${registered}?${query}`;
      // A fragment is refused.
      fc.pre(!query.includes('#'));
      fc.pre(text.length < 500);
      const { origin, pathname } = parseWebhookUrl(text, onAws);
      expect(origin + pathname).toBe(registered);
    }),
  );
});
