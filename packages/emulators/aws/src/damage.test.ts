import fc from 'fast-check';
import { expect, it } from 'vitest';
import { damagedJson } from './damage.ts';

it('leaves no JSON of any JSON, so that every reader notices', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const damaged = damagedJson(Buffer.from(json));
      expect(() => JSON.parse(damaged.toString())).toThrow(SyntaxError);
    }),
  );
});

it.each(['', '1', '12', '""', '"ab{"', '{}', '[1,2]'])('also of %s', (json) => {
  expect(() => JSON.parse(damagedJson(Buffer.from(json)).toString())).toThrow(SyntaxError);
});
