import { describe, expect, it } from 'vitest';
import { isStageName, physicalName, stageVariablePrefix, variableOf } from './names.ts';

describe('a stage', () => {
  it.each([
    ['production', 'chorus-svr', ''],
    ['staging', 'chorus-staging-svr', 'STAGING_'],
    ['eu-2', 'chorus-eu-2-svr', 'EU_2_'],
  ])('%s has names of its own', (stage, physical, prefix) => {
    expect(physicalName('svr', stage)).toBe(physical);
    expect(stageVariablePrefix(stage)).toBe(prefix);
  });

  it('is the default one when none is named', () => {
    expect(physicalName('svr')).toBe('chorus-svr');
  });

  it('has a name of at most 20 small letters, digits and hyphens, a letter first', () => {
    const names = ['a', 'a-1', 'a'.repeat(20), 'a'.repeat(21), '', '1a', '-a', 'A', 'a_b', 'a\n'];
    expect(names.filter(isStageName)).toEqual(names.slice(0, 3));
  });
});

it.each([
  ['dense-1', 'dense_1'],
  ['1st', '_1st'],
  ['x', 'x'],
])('%s as a variable is %s', (name, variable) => {
  expect(variableOf(name)).toBe(variable);
});
