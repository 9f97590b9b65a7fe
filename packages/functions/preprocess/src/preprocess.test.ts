import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPreprocessHandler, maxTextBytes, type Preprocessed } from './handler.ts';
import { sentencesOf } from './sentences.ts';
import { stripMarkup } from './strip-markup.ts';

const handler = createPreprocessHandler();

async function ask(event: unknown): Promise<Preprocessed> {
  const context = { requestId: 'r', deadlineMs: Infinity, functionArn: 'arn', notes: {} };
  return (await handler(event, context)) as Preprocessed;
}

describe('a text', () => {
  it.each([
    ['decomposed letters', 'cafe\u0301', 'café'],
    ['spaces', '  a \t b\u00a0\u3000c  ', 'a b c'],
    ['line breaks of any system', 'a\r\nb\rc\u2028d\n\n\ne', 'a\nb\nc\nd\ne'],
    ['controls', 'a\u0000b\u001b[31mc\u007fd\u0085e', 'a b [31mc d\ne'],
    ['a mark of the byte order', '\ufeffa', 'a'],
    ['marks that turn the order', 'abc\u202edef\u202c \u2067ghi\u2069', 'abcdef ghi'],
    ['right-to-left letters', 'فيلم رائع', 'فيلم رائع'],
    ['an emoji of several', 'ok 👨‍👩‍👧 👍🏽', 'ok 👨‍👩‍👧 👍🏽'],
    ['tags', '<p>Good <b>film</b>.<br/>Bad<i>ly</i> cut</p>', 'Good film.\nBadly cut'],
    ['character references', 'a &lt;b&gt; &amp;lt; &#39;&#x1F600;&bogus;', "a <b> &lt; '😀&bogus;"],
    [
      'references to no character',
      '&#0;&#xD800;&#99999999;&constructor;',
      '\ufffd\ufffd\ufffd&constructor;',
    ],
    ['a comparison', 'a < b and 5 <6, I <3 it > that', 'a < b and 5 <6, I <3 it > that'],
  ])('with %s', async (_name, text, expected) => {
    expect((await ask({ text })).text).toBe(expected);
  });
});

describe('hostile markup', () => {
  it.each([
    ['a script', 'a<script>alert("</p>")</script>b', 'ab'],
    ['a script in capitals, with spaces', 'a<SCRIPT src=x >1</ScRiPt >b', 'ab'],
    ['a script that does not end', 'a<script>alert(1)', 'a'],
    ['a style', 'a<style>p{content:"<b>"}</style>b', 'ab'],
    ['a tag within a tag', '<scr<script>x</script>ipt>alert(1)</script>a', 'xipt>alert(1)a'],
    ['> in an attribute', '<a title="x>y" href=\'z>\'>a</a>', 'a'],
    ['a quote that does not end', '<a title="x>a<b>b</b>', 'ab'],
    ['a comment', 'a<!-- <b>x</b> -- > -->b', 'ab'],
    ['a comment that does not end', 'a<!-- <b>x</b>', 'a'],
    ['a declaration and an instruction', '<!DOCTYPE html><?xml version="1"?>a', 'a'],
    ['a tag that does not end', 'a <b and more', 'a <b and more'],
    ['a name that only begins like one', '<scripty>a</scripty>', 'a'],
  ])('%s', (_name, html, expected) => {
    expect(stripMarkup(html)).toBe(expected);
  });

  const megabyte = (part: string): string =>
    part.repeat(Math.floor(maxTextBytes / Buffer.byteLength(part)));

  it.each([
    '<',
    '<a',
    '<a>',
    '</',
    '<!--',
    '<script>',
    '</script>',
    '<script></scrip',
    '<a "',
    `<a '">`,
    `<a "'>'`,
    '<a b="',
    '&',
    '&#1',
    '&amp;',
    ' ',
    '\n',
    'a. ',
    'A.',
    'Dr. ',
    '. ',
    '\u0301',
    'e\u0301',
    '\u202e',
  ])('a megabyte of %j is done before a minute', { timeout: 60_000 }, async (part) => {
    for (const text of [megabyte(part), `${megabyte(part).slice(4)}">'>`]) {
      const done = await ask({ text }).catch((error: unknown) => error);
      if (done instanceof Error) expect(done.name).toBe('InvalidRequestError');
      else expect(done).toMatchObject({ text: expect.any(String) });
    }
  });

  it('of any kind leaves no tag of what was one, and text as it was', () => {
    const word = fc.stringMatching(/^[a-z]{1,5}$/);
    const tag = fc.constantFrom('<b>', '</b>', '<a href="x>">', '<!-- c -->', "<i class='\"'>");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, tag)), (pairs) => {
        expect(stripMarkup(pairs.flat().join(''))).toBe(pairs.map(([text]) => text).join(''));
      }),
    );
  });
});

describe('sentences', () => {
  it.each<[string, readonly string[]]>([
    ['It is good. It is cheap! Is it?', ['It is good.', 'It is cheap!', 'Is it?']],
    [
      'Dr. Smith met Mrs. Jones on Jan. 5. They spoke.',
      ['Dr. Smith met Mrs. Jones on Jan. 5.', 'They spoke.'],
    ],
    [
      'J. R. Tolkien wrote it, e.g. The Hobbit. Fine.',
      ['J. R. Tolkien wrote it, e.g. The Hobbit.', 'Fine.'],
    ],
    ['Cables, bags, etc. It came late.', ['Cables, bags, etc.', 'It came late.']],
    ['It costs 3.50 at example.com. Buy it.', ['It costs 3.50 at example.com.', 'Buy it.']],
    ['So did I. Then it broke.', ['So did I.', 'Then it broke.']],
    ['No end\nof a line', ['No end', 'of a line']],
    ['فيلم رائع. أحببته؟ نعم!', ['فيلم رائع.', 'أحببته؟', 'نعم!']],
    ['良い。悪い。', ['良い。', '悪い。']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });

  it('hold all characters of the text but spaces, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const letters = (some: string): string => some.replaceAll(/\s/g, '');
        expect(letters(sentencesOf(text).join(''))).toBe(letters(text));
      }),
    );
  });
});

describe('refused is', () => {
  it.each([
    ['nothing', undefined, 'text: expected a text'],
    ['a number', { text: 7 }, 'text: expected a text'],
    ['an empty text', { text: '' }, 'without a character to read'],
    ['only markup', { text: '<p> </p><script>x</script>' }, 'without a character to read'],
    ['only controls', { text: '\u0000\u200b\u202e' }, 'without a character to read'],
    ['half of a surrogate pair', { text: 'ab\ud83d' }, 'half of a surrogate pair at 2'],
  ])('%s', async (_name, event, message) => {
    await expect(ask(event)).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(message),
    });
  });

  it('a text of more than a megabyte', async () => {
    const text = 'a'.repeat(maxTextBytes + 1);
    await expect(ask({ text })).rejects.toMatchObject({ name: 'PayloadTooLargeError' });
  });
});

it('says that it is ready', async () => {
  expect(await ask({ chorus: 'ready' })).toEqual({ ready: true });
});
