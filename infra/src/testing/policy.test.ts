import { describe, expect, it } from 'vitest';
import { type Call, judge, judgeSomewhere, type PolicyStatement } from './policy.ts';

const object = 'arn:aws:s3:::models/models/svr/v1';
const read: PolicyStatement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const policy = (...Statement: readonly PolicyStatement[]) => ({ Statement });
const call: Call = { action: 's3:GetObject', resource: object };

describe('a call', () => {
  it('is not allowed without a statement', () => {
    expect(judge({ policies: [] }, call)).toBe('not allowed');
  });

  it('is denied whatever else allows it', () => {
    const deny = { ...read, Effect: 'Deny' };
    expect(judge({ policies: [policy(read, deny)] }, call)).toBe('denied');
    expect(judge({ policies: [policy(read)], boundary: [policy(read, deny)] }, call)).toBe(
      'denied',
    );
  });

  it('has to be allowed by the boundary and by the session too', () => {
    const other = policy({ ...read, Action: 's3:PutObject' });
    const policies = [policy(read)];
    expect(judge({ policies, boundary: policies, session: policies }, call)).toBe('allowed');
    expect(judge({ policies, boundary: [other] }, call)).toBe('not allowed');
    expect(judge({ policies, session: [other] }, call)).toBe('not allowed');
  });

  it.each<[string, Partial<PolicyStatement>, boolean]>([
    ['an action in other letters', { Action: 'S3:getobject' }, true],
    ['an action by a wildcard', { Action: 's3:Get*' }, true],
    ['one letter by a question mark', { Action: 's3:?etObject' }, true],
    ['another action', { Action: 's3:PutObject' }, false],
    ['all but another action', { Action: undefined, NotAction: 's3:PutObject' }, true],
    ['all but this action', { Action: undefined, NotAction: ['s3:Get*'] }, false],
    ['a resource by a wildcard', { Resource: 'arn:aws:s3:::models/*' }, true],
    ['a resource in other letters', { Resource: 'arn:aws:s3:::Models/*' }, false],
    ['a part by a wildcard', { Resource: 'arn:*:s3:::models/*' }, true],
    ['no parts together by a wildcard', { Resource: 'arn:aws:*models/models/svr/v1' }, false],
    ['all but this resource', { Resource: undefined, NotResource: 'arn:aws:s3:::models/*' }, false],
  ])('matches %s', (_, changed, isAllowed) => {
    const statement = { ...read, ...changed } as PolicyStatement;
    expect(judge({ policies: [policy(statement)] }, call) === 'allowed').toBe(isAllowed);
  });

  it.each<[string, string, string | undefined, boolean]>([
    ['StringEquals', 'staging', 'staging', true],
    ['StringEquals', 'staging', undefined, false],
    ['StringNotEquals', 'staging', 'production', true],
    ['StringNotEquals', 'staging', undefined, true],
    ['StringEqualsIfExists', 'staging', undefined, true],
    ['StringLike', 'pr-*', 'pr-12', true],
    ['StringNotLike', 'pr-*', 'pr-12', false],
    ['ArnLike', 'arn:aws:rds:*:1:cluster:a*', 'arn:aws:rds:x:1:cluster:ab', true],
    ['Bool', 'true', 'TRUE', true],
    ['Null', 'true', undefined, true],
    ['Null', 'false', undefined, false],
  ])('meets %s %s with %s', (operator, wanted, value, isAllowed) => {
    const statement = { ...read, Condition: { [operator]: { 'aws:Some': wanted } } };
    const context: Call['context'] = value === undefined ? {} : { 'AWS:some': value };
    expect(judge({ policies: [policy(statement)] }, { ...call, context }) === 'allowed').toBe(
      isAllowed,
    );
  });

  it('is not judged by what is not known here', () => {
    const statement = { ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
    expect(() => judge({ policies: [policy(statement)] }, call)).toThrow('IpAddress');
    const variable = { ...read, Resource: `arn:aws:s3:::$${'{aws:username}'}/*` };
    expect(() => judge({ policies: [policy(variable)] }, call)).toThrow('variables');
  });
});

it('judges an action on something that its statements name', () => {
  const some = policy({ ...read, Resource: 'arn:aws:s3:::models/*' });
  expect(judgeSomewhere({ policies: [some] }, 's3:GetObject')).toBe('allowed');
  expect(judgeSomewhere({ policies: [some] }, 's3:PutObject')).toBe('not allowed');
  const none = policy({ ...read, Resource: 'arn:aws:s3:::others/*' });
  expect(judgeSomewhere({ policies: [some], boundary: [none] }, 's3:GetObject')).toBe(
    'not allowed',
  );
});
