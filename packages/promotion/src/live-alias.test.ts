import { describe, expect, it } from 'vitest';
import { describeAlias, type LiveAlias, versionBefore } from './live-alias.ts';

const alias = (description: string, functionVersion = '12'): LiveAlias => ({
  functionVersion,
  canary: undefined,
  description,
  revisionId: 'r',
});
const live = { version: 'v7', functionVersion: '12' };
const before = { version: 'v6', functionVersion: '9' };

describe('the description of the alias', () => {
  it('says what was before', () => {
    const description = describeAlias(live, before);
    expect(description).toBe('v7 is version 12, before: v6 was 9');
    expect(versionBefore(alias(description))).toEqual(before);
  });

  it('knows of nothing before when there was nothing', () => {
    expect(versionBefore(alias(describeAlias(live, undefined)))).toBeUndefined();
  });

  it.each(['', 'deployed by CloudFormation', 'v7 is version 12, before: something'])(
    'that is somebody else’s (%j) says nothing',
    (description) => {
      expect(versionBefore(alias(description))).toBeUndefined();
    },
  );

  it('that is of another pointing than the present one says nothing', () => {
    expect(versionBefore(alias(describeAlias(live, before), '13'))).toBeUndefined();
  });
});
