import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Candidate, Prediction } from './api/answer.ts';
import type { Words } from './settings.ts';
import { explanation, headline, percent, reason } from './words.ts';

const words: Words = {
  title: '',
  lead: '',
  subject: 'tool',
  known: 'hammers and axes',
  plurals: { pliers: 'pliers' },
  kept: { label: '', hint: '', field: '' },
  noneHint: 'Closer, please.',
};

const candidate = (
  label: string,
  probability: number,
  more: Partial<Candidate> = {},
): Candidate => ({
  label,
  probability,
  visual: probability,
  prior: null,
  outOfRange: false,
  ...more,
});

function prediction(top: readonly Candidate[], more: Partial<Prediction> = {}): Prediction {
  const [first] = top;
  return { label: first?.label ?? null, probability: first?.probability ?? null, top, ...more };
}

it.each([
  [0.97, 'Almost certain: an axe'],
  [0.7, 'Pretty sure: an axe'],
  [0.5, 'Probably an axe'],
  [0.4, 'Perhaps an axe, or a hammer'],
])('an answer of %d is said so: %s', (probability, said) => {
  const top = [candidate('axe', probability), candidate('hammer', 0.1)];
  expect(headline(prediction(top), words)).toBe(said);
});

it('another one is said by what it looks like, and that it is none of the known', () => {
  const other = prediction([], { other: { name: 'umbrella', probability: 0.943 } });
  expect(headline(other, words)).toBe('Another tool: it looks like an umbrella');
  expect(explanation(other, undefined, words)).toBe(
    '94 % sure. It is none of those that are told apart here: hammers and axes.',
  );
});

it('none is said with what to do', () => {
  const none = prediction([candidate('axe', 0.2)], { label: null, probability: null });
  expect(headline(none, words)).toBe('No tool found');
  expect(explanation(none, 'Kenya', words)).toBe('Closer, please.');
});

it('the place is said to count only where it does', () => {
  const known = { prior: 0.5 };
  const said = (probability: number, more = known, where: string | undefined = 'Kenya') =>
    explanation(prediction([candidate('axe', probability, more)]), where, words);
  expect(said(0.9)).toContain('does not matter');
  expect(said(0.6)).toContain('counts half');
  expect(said(0.6, { prior: null } as never)).toContain('cannot be looked up');
  expect(explanation(prediction([candidate('axe', 0.6)]), undefined, words)).toBe('');
});

it('a candidate says whether it lives there, and what it looked like before that counted', () => {
  const away = candidate('pliers', 0.3, { visual: 0.5, prior: 0.1, outOfRange: true });
  expect(reason(away, 'Kenya', words)).toBe('by its looks 50 %; pliers do not live in Kenya');
  expect(reason(candidate('axe', 0.3, { prior: 0.2 }), 'Kenya', words)).toBe('axes live in Kenya');
  expect(reason(away, undefined, words)).toBe('');
  expect(reason(candidate('axe', 0.3), 'Kenya', words)).toBe('');
});

it('nothing is said to be certain or impossible', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (probability) => {
      expect(percent(probability)).toMatch(/^(?:[<>] )?[1-9]\d? %$/);
    }),
  );
});
