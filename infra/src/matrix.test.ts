import { atRest } from '@chorus/cost';
import { blueprint } from '@chorus/service';
import { afterEach, describe, expect, it } from 'vitest';
import { stages } from '../stages.ts';
import { billAtRest, partsAtRest } from './at-rest.ts';
import { cleanUp, synthesise } from './testing/assembly.ts';
import { countParts } from './testing/count-parts.ts';
import { matrix, optionsOf } from './testing/matrix.ts';

afterEach(cleanUp);

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
    expect(partsAtRest(options.blueprint, options.stages[0])).toEqual(countParts(templates));
  });
});

describe('the bill of a month without a request', () => {
  const { tables } = matrix;
  if (tables === undefined) throw new Error('no stage of tables alone');

  it('is at most a dollar for tables alone', () => {
    const { total } = billAtRest(blueprint, tables.stage);
    expect(total).toBeGreaterThan(0.4);
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
