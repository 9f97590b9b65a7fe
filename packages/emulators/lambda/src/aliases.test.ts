import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Alias,
  type AliasRequest,
  createAlias,
  route,
  updateAlias,
  versionsOf,
} from './aliases.ts';

const invalid = expect.objectContaining({ name: 'InvalidParameterValueException', status: 400 });
const weighted = (AdditionalVersionWeights: Record<string, number>) => ({
  RoutingConfig: { AdditionalVersionWeights },
});
const live: Alias = createAlias({ Name: 'live', FunctionVersion: '1', ...weighted({ 2: 0.25 }) });

function refusal(request: AliasRequest): unknown {
  try {
    createAlias({ Name: 'live', FunctionVersion: '1', ...request });
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('an alias', () => {
  it.each(['live', 'a', '1a', 'a-b_c', '-', 'x'.repeat(128)])('may be named %s', (Name) => {
    expect(createAlias({ Name, FunctionVersion: '1' }).name).toBe(Name);
  });

  it.each(['', '1', '42', 'a b', 'a:b', '$LATEST', 'ä', 'x'.repeat(129)])(
    'cannot be named %j',
    (Name) => {
      expect(refusal({ Name })).toEqual(invalid);
    },
  );

  it.each<AliasRequest>([
    { FunctionVersion: '' },
    { FunctionVersion: 'live' },
    { FunctionVersion: '-1' },
    { Description: 'x'.repeat(257) },
    weighted({ 2: 1.0000001 }),
    weighted({ 2: -0.0000001 }),
    weighted({ 2: Number.NaN }),
    weighted({ 1: 0.5 }),
    weighted({ 2: 0.1, 3: 0.1 }),
    weighted({ $LATEST: 0.5 }),
    weighted({ live: 0.5 }),
    { FunctionVersion: '$LATEST', ...weighted({ 2: 0.5 }) },
  ])('cannot be %j', (request) => {
    expect(refusal(request)).toEqual(invalid);
  });

  it.each<AliasRequest>([
    { FunctionVersion: '$LATEST' },
    { Description: 'x'.repeat(256) },
    weighted({ 2: 0 }),
    weighted({ 2: 1 }),
    weighted({}),
  ])('may be %j', (request) => {
    expect(refusal(request)).toBeUndefined();
  });

  it('keeps what an update leaves out', () => {
    const { revisionId, ...rest } = live;
    expect(updateAlias(live, {})).toEqual({
      ...rest,
      revisionId: expect.not.stringMatching(revisionId),
    });
    expect(updateAlias(live, { FunctionVersion: '3' })).toMatchObject({
      functionVersion: '3',
      weights: { 2: 0.25 },
    });
    expect(updateAlias(live, { Description: 'x' })).toMatchObject({ description: 'x' });
    expect(updateAlias(live, { RoutingConfig: {} }).weights).toEqual({});
    expect(updateAlias(live, weighted({ 3: 0.5 })).weights).toEqual({ 3: 0.5 });
  });

  it('is updated only from the revision that was asked for', () => {
    expect(() => updateAlias(live, { RevisionId: 'other' })).toThrow(
      expect.objectContaining({ name: 'PreconditionFailedException', status: 412 }),
    );
    expect(updateAlias(live, { RevisionId: live.revisionId }).functionVersion).toBe('1');
  });

  it('names every version it may invoke', () => {
    expect(versionsOf(live)).toEqual(['1', '2']);
    expect(versionsOf({ ...live, weights: {} })).toEqual(['1']);
  });

  it('gives its second version just its share', () => {
    expect(route(live, 0)).toBe('2');
    expect(route(live, 0.2499)).toBe('2');
    expect(route(live, 0.25)).toBe('1');
    expect(route({ ...live, weights: { 2: 0 } }, 0)).toBe('1');
    expect(route({ ...live, weights: {} }, 0)).toBe('1');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (chance) => {
        expect(route({ ...live, weights: { 2: 1 } }, chance)).toBe('2');
        expect(route(live, chance)).toBe(chance < 0.25 ? '2' : '1');
      }),
    );
  });
});
