import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { UsageError } from './errors.ts';

const known = ['cold', 'images'];

it('runs the usual benchmarks where none is named, and any that is', () => {
  expect(readArguments(['--quick'], known, ['cold']).names).toEqual(['cold']);
  expect(readArguments(['images'], known, ['cold']).names).toEqual(['images']);
});

it('explains what it does not know', () => {
  expect(() => readArguments(['hot'], known, known)).toThrow(UsageError);
  expect(() => readArguments(['--fast'], known, known)).toThrow(/pnpm bench \[cold\|images\]/);
});
