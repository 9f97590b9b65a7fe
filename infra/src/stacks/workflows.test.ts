import { compile } from '@chorus/asl';
import { substitutionKey } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { narrow } from '../narrow.ts';
import {
  type Assembly,
  cleanUp,
  ofType,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';

let assembly: Assembly;
beforeAll(() => {
  assembly = serviceAssembly();
});
afterAll(cleanUp);

const machines = blueprint.workflows.flatMap((workflow) => [
  { workflow, name: workflow.name, stack: 'Workflows', alias: 'live' },
  { workflow, name: `${workflow.name}-next`, stack: 'Candidates', alias: 'next' },
]);

describe.each(machines)('the state machine $name', ({ workflow, name: own, stack, alias }) => {
  const machine = () =>
    ofType(assembly.resources(stack), 'AWS::StepFunctions::StateMachine').find(
      ([, { Properties }]) => Properties['StateMachineName'] === `chorus-${own}`,
    )?.[1].Properties ?? {};
  const definition = () => JSON.parse(String(machine()['DefinitionString']));

  it('runs the definition of the blueprint, which the local cloud runs', () => {
    expect(definition()).toEqual(workflow.definition);
  });

  it('is valid by asl-validator and by the rules that the local cloud compiles it with', () => {
    const substitutions = Object.fromEntries(
      workflow.functions.map(({ name }) => [
        substitutionKey(name),
        `arn:aws:lambda:us-east-1:123456789012:function:chorus-${name}:live`,
      ]),
    );
    expect(() => compile(definition(), { name: workflow.name, substitutions })).not.toThrow();
    const broken = { ...definition(), StartAt: 'No such state' };
    expect(() => compile(broken, { name: workflow.name, substitutions })).toThrow(
      'The state machine definition is not valid',
    );
  });

  it('has a function for each token of its definition, and no others', () => {
    const tokens = String(machine()['DefinitionString']).matchAll(/\$\{(?<token>\w+)\}/g);
    const named = new Set([...tokens].map(({ groups }) => groups?.['token']));
    expect(new Set(Object.keys(machine()['DefinitionSubstitutions'] as object))).toEqual(named);
    expect(named).toEqual(new Set(workflow.functions.map(({ name }) => substitutionKey(name))));
  });

  it(`asks the versions that are ${alias}, and may ask nothing else`, () => {
    const substituted = Object.values(machine()['DefinitionSubstitutions'] as object).map(written);
    expect(substituted.sort()).toEqual(
      workflow.functions
        .map(
          ({ name }) =>
            `arn:aws:lambda:us-east-1:<AWS::AccountId>:function:chorus-${name}:${alias}`,
        )
        .sort(),
    );
    const role = ofType(assembly.resources(stack), 'AWS::IAM::Role').find(
      ([, { Properties }]) => Properties['Description'] === `Of the state machine chorus-${own}`,
    );
    const policies = role?.[1].Properties['Policies'] as readonly {
      readonly PolicyName: string;
      readonly PolicyDocument: { readonly Statement: readonly { readonly Resource: unknown }[] };
    }[];
    const ask = policies.find(({ PolicyName }) => PolicyName === 'ask');
    const resources = ask?.PolicyDocument.Statement.flatMap(({ Resource }) => [Resource].flat());
    expect(resources?.map(written).sort()).toEqual([...substituted].sort());
  });

  it('is synchronous Express, traced, and logs no payloads', () => {
    expect(machine()).toMatchObject({
      StateMachineType: 'EXPRESS',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    });
  });
});

it('every other state machine runs the definition of the blueprint, too, live and at next, and a valid one', () => {
  const deployed = (stack: string) =>
    new Map(
      ofType(assembly.resources(stack), 'AWS::StepFunctions::StateMachine').map(
        ([, { Properties }]) => [Properties['StateMachineName'], Properties],
      ),
    );
  const [live, next] = [deployed('Workflows'), deployed('Candidates')];
  const others = narrow(blueprint, { region: 'us-east-1' }).machines ?? [];
  expect(others.length).toBeGreaterThan(10);
  for (const { name, type = 'express', definition } of others) {
    const properties = live.get(`chorus-${name}`) ?? {};
    expect(JSON.parse(String(properties['DefinitionString'] ?? null)), name).toEqual(definition);
    const twin = next.get(`chorus-${name}-next`)?.['DefinitionString'];
    if (twin !== undefined) expect(JSON.parse(String(twin)), name).toEqual(definition);
    const given = Object.keys((properties['DefinitionSubstitutions'] as object | undefined) ?? {});
    const substitutions = Object.fromEntries(
      given.map((each) => [each, 'arn:aws:lambda:us-east-1:123456789012:function:given:live']),
    );
    const valid = () =>
      compile(definition, {
        name,
        type: type === 'standard' ? 'STANDARD' : 'EXPRESS',
        substitutions,
      });
    expect(valid, name).not.toThrow();
  }
});

describe('a standard workflow', () => {
  const [first, ...others] = blueprint.workflows;
  const routes = blueprint.routes.filter(
    (route) => !('workflow' in route) || route.workflow !== first?.name,
  );
  const described = {
    ...blueprint,
    workflows: [...(first ? [{ ...first, type: 'standard' as const }] : []), ...others],
    pages: [],
  };

  it('is deployed as one, and has no twin that a release would wait for', () => {
    const deployed = synthesise({}, { blueprint: { ...described, routes } });
    // Beside those that are parts of how workflows are answered.
    const own = blueprint.workflows.flatMap(({ name }) => [
      `chorus-${name}`,
      `chorus-${name}-next`,
    ]);
    const machines = (stack: string) =>
      ofType(deployed.resources(stack), 'AWS::StepFunctions::StateMachine')
        .map(([, { Properties }]) => [
          Properties['StateMachineName'],
          Properties['StateMachineType'],
        ])
        .filter(([name]) => own.includes(String(name)));
    expect(machines('Workflows')).toEqual([
      [`chorus-${first?.name}`, 'STANDARD'],
      ...others.map(({ name }) => [`chorus-${name}`, 'EXPRESS']),
    ]);
    expect(machines('Candidates')).toEqual(
      others.map(({ name }) => [`chorus-${name}-next`, 'EXPRESS']),
    );
  });

  it('answers no route', () => {
    expect(() => synthesise({}, { blueprint: described })).toThrow(
      `route /predict/${first?.name} leads to ${first?.name}, a standard workflow, which gives no answer`,
    );
  });
});
