import { expect, it } from 'vitest';
import { uniqueId } from './unique-id.ts';

it('is a random UUID of version 4, another one each time', () => {
  const ids = Array.from({ length: 1000 }, uniqueId);
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  // Each bit but the six fixed ones is drawn: 1,000 equal ones in a row do not happen.
  const bits = (id: string) => BigInt(`0x${id.replaceAll('-', '')}`);
  const seen = ids.map(bits);
  const ever = seen.reduce((sum, each) => sum | each);
  const always = seen.reduce((sum, each) => sum & each);
  const drawn = (ever ^ always).toString(2).replaceAll('0', '').length;
  expect(drawn).toBe(122);
});
