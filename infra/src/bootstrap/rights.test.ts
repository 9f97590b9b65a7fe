import { physicalName } from '@chorus/blueprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp } from '../testing/assembly.ts';
import { withMessages } from '../testing/messages.ts';
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

  it('of models reach queues, by rights and by code, only where messages ask them', () => {
    const models = withMessages.functions.filter(({ kind }) => kind === 'model');
    const names = models.map(({ name }) => physicalName(name, namesOf(bootstrap).stage));
    const ofModels = principals.filter(({ name }) => names.includes(name));
    expect(ofModels).toHaveLength(models.length);
    const reach = /"(sqs|dynamodb|states|events):/;
    for (const { rights, calls } of ofModels)
      expect(reach.test(JSON.stringify(rights.policies))).toBe(reach.test(JSON.stringify(calls)));
    const asked = ofModels.filter(({ calls }) => reach.test(JSON.stringify(calls)));
    expect(asked.length > 0).toBe(bootstrap === 'production');
  });

  it('lose nothing that their policies say to the boundary', () => {
    const statements = principals
      .filter(({ kind }) => kind === 'function' || kind.startsWith('role of'))
      .flatMap(({ name, rights }) =>
        rights.policies.flatMap(({ Statement }) =>
          [Statement].flat().map((statement) => ({ name, rights, statement })),
        ),
      );
    const lost = statements.flatMap(({ name, rights, statement }) => {
      const { Effect, Action = [], Resource = [] } = statement;
      // What only AWS knows has no ARN here; the boundary's own calls stand for it.
      const isKnown = [Resource].flat().some((resource) => !resource.startsWith('<'));
      if (Effect !== 'Allow' || !isKnown) return [];
      const own = { ...rights, policies: [{ Statement: statement }] };
      return [Action]
        .flat()
        .filter((action) => judgeSomewhere(own, action) !== 'allowed')
        .map((action) => `${name}: ${action}`);
    });
    expect(lost).toEqual([]);
    expect(statements.length).toBeGreaterThan(30);
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
