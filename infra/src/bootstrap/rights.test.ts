import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp } from '../testing/assembly.ts';
import { judge, judgeSomewhere } from '../testing/policy.ts';
import { namesOf, ofBootstrap, ofTemplates, type Principal } from '../testing/policy-principals.ts';

afterAll(cleanUp);

describe.each([
  ['staging', 'production'],
  ['production', 'staging'],
  ['preview', 'production'],
  ['production', 'preview'],
])('the roles of %s, in one account with %s,', (bootstrap, another) => {
  let principals: readonly Principal[] = [];
  beforeAll(() => {
    const names = [namesOf(bootstrap), namesOf(another)] as const;
    principals = [...ofTemplates(...names), ...ofBootstrap(...names)];
  });

  it('may do what their code does', () => {
    const refused = principals.flatMap(({ name, rights, calls }) =>
      calls
        .filter(
          (call) =>
            (typeof call === 'string' ? judgeSomewhere(rights, call) : judge(rights, call)) !==
            'allowed',
        )
        .map((call) => `${name}: ${typeof call === 'string' ? call : JSON.stringify(call)}`),
    );
    expect(refused).toEqual([]);
    expect(principals.flatMap(({ calls }) => calls).length).toBeGreaterThan(30);
  });

  it('may do nothing hostile, each of more than twenty calls', () => {
    const allowed = principals.flatMap(({ name, rights, hostile }) =>
      hostile
        .filter((call) => judge(rights, call) === 'allowed')
        .map((call) => `${name}: ${JSON.stringify(call)}`),
    );
    expect(allowed).toEqual([]);
    for (const { hostile } of principals) expect(hostile.length).toBeGreaterThanOrEqual(20);
  });
});
