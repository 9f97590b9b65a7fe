import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelKeyError } from './errors.ts';
import { isModelName, manifestKey, modelKey, parseModelKey, versionNumber } from './model-key.ts';

describe('model keys', () => {
  it('places weights and manifest side by side', () => {
    expect(modelKey('random-forest', 'v12')).toBe('models/random-forest/v12/model.onnx');
    expect(manifestKey('random-forest', 'v12')).toBe('models/random-forest/v12/manifest.json');
  });

  it('takes apart what it put together', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/).filter(isModelName);
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 999_999_999 }), (model, number) => {
        const version = `v${number}`;
        expect(parseModelKey(modelKey(model, version))).toEqual({ name: model, version });
        expect(versionNumber(version)).toBe(number);
      }),
    );
  });

  it('have no name that an object has without being given it', () => {
    expect(Object.getOwnPropertyNames(Object.prototype).filter(isModelName)).toEqual([]);
  });

  it('accepts no key but those it makes itself', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        let parsed: { name: string; version: string };
        try {
          parsed = parseModelKey(key);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelKeyError);
          return;
        }
        expect(modelKey(parsed.name, parsed.version)).toBe(key);
      }),
    );
  });

  it.each(['v0', 'v01', '1', 'v-1', 'v1.0', 'latest', 'v', 'V1', 'v1\n'])(
    'refuses %j as a version',
    (version) => {
      expect(() => modelKey('svr', version)).toThrow(ModelKeyError);
    },
  );

  it.each(['', 'Svr', '1st', '-a', 'a/b', '../x', 'a b', 'a\n', 'x'.repeat(64)])(
    'refuses %j as a model name',
    (name) => {
      expect(() => modelKey(name, 'v1')).toThrow(ModelKeyError);
    },
  );

  it.each([
    'models/svr/v1/manifest.json',
    'models/svr/v1/extra/model.onnx',
    '/models/svr/v1/model.onnx',
    'model.onnx',
    '',
  ])('refuses %j as a model key', (key) => {
    expect(() => parseModelKey(key)).toThrow('models/<name>/<version>/model.onnx');
  });
});
