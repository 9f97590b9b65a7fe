import { describe, expect, it } from 'vitest';
import { stateNames, variableNames } from './step.ts';

describe('names of states', () => {
  it('are each given once', () => {
    const nameState = stateNames();
    expect(['Ask', 'Ask', 'Tell', 'Ask'].map(nameState)).toEqual(['Ask', 'Ask 2', 'Tell', 'Ask 3']);
  });

  it('have the 80 characters that Step Functions takes, numbered ones too', () => {
    const nameState = stateNames();
    const names = Array.from({ length: 100 }, () => nameState('x'.repeat(200)));
    expect(new Set(names).size).toBe(100);
    expect(Math.max(...names.map(({ length }) => length))).toBe(80);
  });
});

describe('names of variables', () => {
  it.each([
    ['a reserved one is never given', [['states', '/']], ['states_2']],
    [
      'one scope may assign a name again',
      [
        ['x', '/'],
        ['x', '/'],
      ],
      ['x', 'x'],
    ],
    [
      'branches beside each other may have the same',
      [
        ['x', '/0/'],
        ['x', '/1/'],
      ],
      ['x', 'x'],
    ],
    [
      'a scope within another has its own',
      [
        ['x', '/'],
        ['x', '/0/'],
        ['y', '/0/'],
      ],
      ['x', 'x_2', 'y'],
    ],
    [
      'a scope around another has its own',
      [
        ['x', '/0/'],
        ['x', '/'],
        ['x', '/0/1/'],
      ],
      ['x', 'x_2', 'x_3'],
    ],
  ] as const)('%s', (_, wishes, names) => {
    const nameVariable = variableNames(['states']);
    expect(wishes.map(([wish, scope]) => nameVariable(wish, scope))).toEqual(names);
  });

  it('one of its own nothing else in its scope has, before or after', () => {
    const nameVariable = variableNames([]);
    expect([
      nameVariable('x', '/'),
      nameVariable('x', '/', 'own'),
      nameVariable('x', '/'),
      nameVariable('x', '/', 'own'),
      nameVariable('x', '/0/'),
    ]).toEqual(['x', 'x_2', 'x', 'x_3', 'x_4']);
  });
});
