import { blueprint } from '@chorus/service';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStageNames } from './check-stages.ts';
import { OptionError } from './errors.ts';
import { cleanUp, written } from './testing/assembly.ts';
import { publicAssembly } from './testing/public-pages.ts';

afterAll(cleanUp);

const check = (...stages: readonly string[]) => checkStageNames(stages, blueprint);

describe('stages', () => {
  it.each([
    ['production'],
    ['staging', 'production', 'pr-1', 'pr-12', 'pr-123'],
    ['dev', 'developer', 'dev2'],
  ])('may be called %s, %s, …', (...stages) => {
    expect(() => check(...stages)).not.toThrow();
  });

  it.each([
    [['serving'], 'chorus-serving'],
    [['functions'], 'chorus-functions'],
    [['models'], 'chorus-models'],
    [['house'], 'chorus-house-price'],
    [['random-forest'], 'chorus-random-forest'],
    [['api-test'], 'chorus-api'],
    [['pr'], 'chorus-pr-'],
    [['bootstrap'], 'chorus-bootstrap'],
    [['production', 'production-2'], 'the stage production-2'],
    [['dev', 'dev-two'], 'the stage dev-two'],
  ])('may not be called %j, which would be taken for %s', (stages, other) => {
    expect(() => check(...stages)).toThrow(OptionError);
    expect(() => check(...stages)).toThrow(`its names would be taken for those of ${other}`);
  });

  it.each([['Prod'], ['9'], ['a-name-of-more-than-twenty'], ['a_b'], ['']])(
    'may not be called %j',
    (name) => {
      expect(() => check(name)).toThrow('a stage is named by at most 20 small letters');
    },
  );

  it('have a name each', () => {
    expect(() => check('staging', 'staging')).toThrow('stage staging is named twice');
  });
});

describe('every name in a template of production', () => {
  /** The first words of all physical names: of `chorus-house-price`, `house` and `house-price`. */
  const beginnings = () => {
    const assembly = publicAssembly();
    const texts = assembly.names().filter((name) => name.endsWith('.template.json'));
    const names = texts.flatMap((name) =>
      Object.values(JSON.parse(assembly.file(name) ?? '').Resources as object).flatMap(
        ({ Properties = {} }) =>
          Object.entries(Properties)
            .filter(([key]) => /Name$/.test(key))
            .map(([, value]) => written(value)),
      ),
    );
    return [...new Set(names)].flatMap((name) => {
      const [, rest] = /^chorus-([a-z0-9-]+)/.exec(name) ?? [];
      const words = rest?.split('-').filter(Boolean) ?? [];
      return words.map((_, index) => words.slice(0, index + 1).join('-'));
    });
  };

  it('keeps a stage from being called as it begins', () => {
    expect(beginnings().length).toBeGreaterThan(20);
    for (const name of new Set(beginnings()))
      expect(() => checkStageNames([name], blueprint), name).toThrow(OptionError);
  });
});
