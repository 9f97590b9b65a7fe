import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atRest } from '@chorus/cost';
import { blueprint } from '@chorus/service';
import { afterEach, describe, expect, it } from 'vitest';
import { stages } from '../stages.ts';
import { billAtRest, partsAtRest } from './at-rest.ts';
import { cleanUp, synthesise } from './testing/assembly.ts';
import { countParts } from './testing/count-parts.ts';
import { matrix, optionsOf } from './testing/matrix.ts';

afterEach(cleanUp);

/** By type of resource, what CloudFormation calls for it, see `bootstrap/execution-policy.test.ts`. */
const handlers: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/cloudformation-actions.json'), 'utf8'),
);

describe.each(Object.entries(matrix))('a stage with %s', (_name, combination) => {
  it('has no finding, and at rest the parts that the bill is made from', () => {
    const options = optionsOf(combination);
    const assembly = synthesise({}, options);
    // An error would have thrown; a warning is a finding too.
    const report = JSON.parse(assembly.file('validation-report.json') ?? '{"pluginReports":[]}');
    expect(report.pluginReports).toEqual([]);
    const templates = assembly
      .names()
      .filter((file) => file.endsWith('template.json'))
      .map((file) => JSON.parse(assembly.file(file) ?? '{}'));
    // What is kept ready is in no template.
    const { provisioned, ...parts } = partsAtRest(options.blueprint, options.stages[0]);
    expect(parts).toEqual(countParts(templates));
    const { functions = {} } = combination.stage;
    expect(provisioned).toEqual(
      Object.values(functions).flatMap(({ provisionedConcurrency: environments, memoryMb }) =>
        environments === undefined ? [] : [{ environments, memoryMb, architecture: 'arm64' }],
      ),
    );
    // Whether the bootstrap lets CloudFormation make them is tried for the types that are listed.
    const types = templates.flatMap(({ Resources = {} }) =>
      Object.values<{ readonly Type: string }>(Resources).map(({ Type }) => Type),
    );
    expect(types.filter((type) => !Object.hasOwn(handlers, type))).toEqual([]);
  });
});

describe('the bill of a month without a request', () => {
  const { tables } = matrix;
  if (tables === undefined) throw new Error('no stage of tables alone');

  it('is at most one dollar for tables alone, most of it for alarms and the queue that Lambda asks all the time', () => {
    const { total } = billAtRest(blueprint, tables.stage);
    expect(total).toBeGreaterThan(0.9);
    expect(total).toBeLessThanOrEqual(1);
  });

  it('names the feature store where there is one', () => {
    const whats = (stage: Parameters<typeof billAtRest>[1]) =>
      billAtRest(blueprint, stage).lines.map(({ what }) => what);
    expect(whats({ region: 'us-east-1', ...stages['production'] })).toEqual(
      expect.arrayContaining([
        'ElastiCache Serverless, Valkey',
        'Aurora, asleep',
        'Secrets Manager',
      ]),
    );
    expect(whats({ region: 'us-east-1', featureStore: false })).not.toContain('Secrets Manager');
  });

  it('is that of its parts', () => {
    const { stage } = tables;
    expect(billAtRest(blueprint, stage)).toEqual(atRest(partsAtRest(blueprint, stage)));
  });
});
