import { expect, it } from 'vitest';
import { isVersionNumber, parseReference } from './qualifier.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f-1_x';

it.each([
  ['f-1_x', undefined, undefined],
  ['f-1_x:live', undefined, 'live'],
  ['f-1_x:7', undefined, '7'],
  ['f-1_x:$LATEST', undefined, '$LATEST'],
  ['f-1_x', 'live', 'live'],
  ['f-1_x:live', 'live', 'live'],
  ['function:f-1_x', undefined, undefined],
  ['000000000000:function:f-1_x:2', undefined, '2'],
  [arn, undefined, undefined],
  [`${arn}:live`, undefined, 'live'],
])('%s with %s is of %s', (name, qualifier, expected) => {
  expect(parseReference(name, qualifier)).toEqual({ name: 'f-1_x', qualifier: expected });
});

it.each([
  '',
  ':',
  'f:',
  'f:$latest',
  'f:a:b',
  'a b',
  'f/g',
  'arn:aws:s3:us-east-1:000000000000:function:f',
  arn.replace('us-east-1', 'eu-west-1'),
  arn.replace('000000000000', '123456789012'),
  '123456789012:function:f',
])('%j is no function here', (name) => {
  expect(() => parseReference(name)).toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException', status: 404 }),
  );
});

it('refuses two qualifiers that disagree', () => {
  expect(() => parseReference('f:1', '2')).toThrow(
    expect.objectContaining({ name: 'InvalidParameterValueException' }),
  );
});

it.each([
  ['1', true],
  ['12', true],
  ['', false],
  ['1a', false],
  ['a1', false],
  ['$LATEST', false],
  ['-1', false],
])('%j is the number of a version: %s', (qualifier, expected) => {
  expect(isVersionNumber(qualifier)).toBe(expected);
});
