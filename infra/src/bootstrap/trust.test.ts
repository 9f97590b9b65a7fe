import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp } from '../testing/assembly.ts';
import { judge, type Policy } from '../testing/policy.ts';
import { bootstrapResources } from '../testing/policy-principals.ts';

afterAll(cleanUp);

const issuer = 'token.actions.githubusercontent.com';

/** The claims of a workflow that runs on main, in the environment of its stage. */
function claims(environment: string, changed: Readonly<Record<string, string>> = {}) {
  const claimed = {
    aud: 'sts.amazonaws.com',
    environment,
    ref: 'refs/heads/main',
    repository_id: '7',
    sub: `repo:acme/chorus:environment:${environment}`,
    ...changed,
  };
  return Object.fromEntries(
    Object.entries(claimed).map(([key, value]) => [`${issuer}:${key}`, value]),
  );
}

/** Tells whether a role of a bootstrap can be taken with claims. */
function takes(
  bootstrap: string,
  part: string,
  context: Readonly<Record<string, string>>,
): boolean {
  const name = `chorus-${bootstrap}-${part}`;
  const role = Object.values(bootstrapResources(bootstrap)).find(
    ({ Properties }) => Properties['RoleName'] === name,
  );
  const trust = role?.Properties['AssumeRolePolicyDocument'] as Policy;
  const call = { action: 'sts:AssumeRoleWithWebIdentity', resource: '*', context };
  return judge({ policies: [trust] }, call) === 'allowed';
}

describe.each(['staging', 'production'])('the role that deploys %s', (stage) => {
  const takenWith = (changed: Readonly<Record<string, string>>) =>
    takes(stage, 'deploy', claims(stage, changed));

  it('is taken by a workflow of main in its environment, whatever its subject looks like', () => {
    expect(takenWith({})).toBe(true);
    expect(takenWith({ sub: `repo:acme@12/chorus@7:environment:${stage}` })).toBe(true);
  });

  it.each([
    ['a branch', { ref: 'refs/heads/evil' }],
    ['a tag', { ref: 'refs/tags/main' }],
    ['a pull request', { ref: 'refs/pull/1/merge' }],
    ['another repository', { repository_id: '8' }],
    [
      'a repository that has taken the name',
      { repository_id: '8', sub: `repo:acme@99/chorus@8:environment:${stage}` },
    ],
    ['another owner', { sub: `repo:evil/chorus:environment:${stage}` }],
    ['a subject without an environment', { sub: 'repo:acme/chorus:ref:refs/heads/main' }],
    [
      'another environment',
      { environment: 'preview', sub: 'repo:acme/chorus:environment:preview' },
    ],
    [
      'the environment that assembles',
      { environment: 'assemble', sub: 'repo:acme/chorus:environment:assemble' },
    ],
    ['another audience', { aud: 'https://github.com/acme' }],
  ])('is not taken by %s', (_, changed) => {
    expect(takenWith(changed)).toBe(false);
  });

  it('is not taken without claims', () => {
    expect(takes(stage, 'deploy', {})).toBe(false);
  });
});

it('reading what is live is for the environment that assembles, on main', () => {
  expect(takes('staging', 'assemble', claims('assemble'))).toBe(true);
  expect(takes('staging', 'assemble', claims('staging'))).toBe(false);
  expect(takes('staging', 'assemble', claims('assemble', { ref: 'refs/pull/1/merge' }))).toBe(
    false,
  );
});

it('previews are deployed by pull requests, in their environment alone', () => {
  expect(takes('preview', 'deploy', claims('preview', { ref: 'refs/pull/1/merge' }))).toBe(true);
  expect(takes('preview', 'deploy', claims('staging'))).toBe(false);
  expect(takes('preview', 'deploy', claims('preview', { repository_id: '8' }))).toBe(false);
});
