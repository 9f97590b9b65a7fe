import { type Blueprint, functionsOf, onnxModel, routeToModels } from '@chorus/blueprint';
import { blueprint as service } from '@chorus/service';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Assembly, cleanUp, ofType, synthesise, written } from '../testing/assembly.ts';

const names = ['rent', 'sale-2'];

/** The service and models that are files. */
const serviceWith = (added: readonly string[]): Blueprint => ({
  ...service,
  functions: functionsOf(service.workflows, [
    ...service.functions,
    ...added.map((name) => onnxModel(name)),
  ]),
});

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise(
    { pins: { rent: { model: { version: 'v3' } } } },
    { blueprint: serviceWith(names) },
  );
});
afterAll(cleanUp);

const functionNamed = (name: string) =>
  ofType(assembly.resources('Models'), 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties['FunctionName'] === `chorus-${name}`,
  )?.[1].Properties;

it('models that are files share the image of their package', () => {
  const images = names.map((name) => written(functionNamed(name)?.['Code']));
  expect(images[0]).toMatch(/ImageUri|dkr/);
  expect(images[1]).toBe(images[0]);
  expect(written(functionNamed('svr')?.['Code'])).not.toBe(images[0]);
});

it('each serves its own version', () => {
  expect(written(functionNamed('rent')?.['Environment'])).toContain('models/rent/v3/model.onnx');
  expect(written(functionNamed('sale-2')?.['Environment'])).not.toContain('rent');
});

it.each(names)(
  '%s has a role that reads its own weights and nothing else of the bucket',
  (name) => {
    const role = ofType(assembly.resources('Models'), 'AWS::IAM::Role').find(
      ([, { Properties }]) => Properties['Description'] === `Of the function chorus-${name}`,
    )?.[1];
    const policies = written(role?.Properties['Policies']);
    expect(policies.match(/models\/[\w-]+\/\*/g)).toEqual([`models/${name}/*`]);
    expect(policies).not.toContain('s3:Put');
  },
);

it('the gateway may call them, and one route leads to it from their names', () => {
  const variables = written(functionNamed('gateway')?.['Environment']);
  for (const name of names) expect(variables).toContain(name);
  const api = assembly.resources('Api');
  const parts = ofType(api, 'AWS::ApiGateway::Resource').map(
    ([, { Properties }]) => Properties['PathPart'],
  );
  expect(parts).toContain('{model}');
  expect(service.routes).toContainEqual(routeToModels());
});
