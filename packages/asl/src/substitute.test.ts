import { expect, it } from 'vitest';
import { substitute } from './substitute.ts';

const token = (name: string) => ['$', `{${name}}`].join('');

it('replaces known tokens in all strings and leaves the rest', () => {
  const definition = {
    a: [token('x'), `${token('x')}/${token('y')}`, 1, null],
    b: token('toString'),
  };
  expect(substitute(definition, { x: 'X$&' })).toEqual({
    a: ['X$&', `X$&/${token('y')}`, 1, null],
    b: token('toString'),
  });
});
