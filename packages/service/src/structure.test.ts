import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blueprint } from './index.ts';

const root = resolve(import.meta.dirname, '../../..');

/**
 * Places that may name a model or a workflow of this service: those of the service itself, and those that test or measure
 * it. In packages/training the name of a model is that of its algorithm.
 */
const mayName =
  /^(?:packages\/(?:service|models|training|functions\/(?:locate|features|uploads|preprocess|summarise|store-review|read-review))|bench)\/|\/(?:testing|e2e|images|conformance|fixtures)\/|\.test\.ts$/;

const isCode = (path: string): boolean =>
  ['.ts', '.tsx', '.mjs', '.sh', '.yml'].includes(extname(path));

const generic = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => isCode(path) && !mayName.test(path));

/** The source without what is for readers only. */
function codeOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*(?:\/\/|#(?!!)).*$/gm, '');
}

const camelCase = (name: string): string =>
  name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Whether a text holds a name: as it is, as an identifier, or as a part of a variable's name. */
function mentions(text: string, name: string): boolean {
  return [name, camelCase(name), name.replaceAll('-', '_')].some((form) =>
    new RegExp(`(?<![A-Za-z])${form}(?![A-Za-z])`, 'i').test(text),
  );
}

/** What the service came with. Names that are added to it may be ordinary words. */
const names = [
  'animal',
  'house-price',
  'image-classifier',
  'linear-regression',
  'preprocess',
  'random-forest',
  'read-review',
  'sentiment',
  'sentiment-large',
  'store-review',
  'svr',
];

/** The kinds of request; `text` is an ordinary word, which code compares with for other reasons. */
const kinds = blueprint.workflows
  .map(({ request }) => request.noun.replace(/^an? /, ''))
  .filter((kind) => kind !== 'text');

/** A comparison with a kind of request, by the kind's name or by the property that would hold it. */
const compared = new RegExp(
  [
    `(?:[!=]==|\\bcase) *['"\`](?:rows|${kinds.join('|')})['"\`]`,
    '\\b(?:takes|noun) *[!=]==',
    'switch \\([^)]*\\b(?:takes|noun)\\)',
  ].join('|'),
);

it('knows the names that it looks for', () => {
  const served = [...blueprint.workflows, ...blueprint.functions].map(({ name }) => name);
  expect(served).toEqual(expect.arrayContaining(names));
});

describe('the libraries, the apps and the infrastructure', () => {
  it.each([
    'packages/blueprint/src/types.ts',
    'packages/functions/gateway/src/served.ts',
    'infra/src/stacks/api.ts',
    'apps/local/src/start.ts',
    'apps/cli/src/commands/predict.ts',
    'docker/src/bundle.ts',
    'apps/web/src/app.tsx',
  ])('include %s', (path) => {
    expect(generic).toContain(path);
  });

  it.each(names)('do not name %s', (name) => {
    expect(generic.filter((path) => mentions(codeOf(path), name))).toEqual([]);
  });

  it('do not ask which kind of request a workflow has', () => {
    expect(generic.filter((path) => compared.test(codeOf(path)))).toEqual([]);
  });

  it.each(["takes === 'rows'", "case 'photo':", 'switch (workflow.takes) {', "noun !== 'x'"])(
    'would be found out by %s',
    (line) => {
      expect(compared.test(line)).toBe(true);
    },
  );

  it.each(["model('random-forest')", 'const houseModels = randomForest;', 'SVR_MODEL_VERSION=v2'])(
    'would be found out by a name in %s',
    (line) => {
      expect(names.some((name) => mentions(line, name))).toBe(true);
    },
  );
});
